package dev.trailer.query.desired;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopied;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestoreBegan;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestored;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row per workspace, volume and requested build, by the ids that {@link DesiredResource} gives them. What is done with
 * becomes a {@code Forget} and stays, so that an agent that was away learns of it; rows are never deleted.
 */
final class DesiredProjector implements Projector<DesiredRow> {
    static final String NAME = "desired";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<DesiredRow> row() {
        return DesiredRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("host", "host"), Column.text("kind", "resource", "kind"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of(List.of("host", "position"), List.of("host", "kind"), List.of("position"));
    }

    @Override
    public boolean concerns(String type) {
        // What is observed changes nothing that is desired; most events are of this kind.
        return !type.equals("workspace.observed") && !type.startsWith("host.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return switch (event.event()) {
            case WorkspaceObserved _ -> List.of();
            case WorkspaceEvent e -> List.of(e.workspace().value());
            case VolumeEvent e -> List.of(e.volume().value());
            case BuildRequested e -> List.of(build(e.image().value(), e.build()));
            case BuildRecorded e -> List.of(build(e.image().value(), e.build()));
            case BuildCancelled e -> List.of(build(e.image().value(), e.build()));
            default -> List.of();
        };
    }

    @Override
    public @Nullable DesiredRow evolve(@Nullable DesiredRow row, RecordedEvent event) {
        return switch (event.event()) {
            case WorkspaceEvent e -> DesiredWorkspaces.evolve(row, e);
            case VolumeEvent e -> volume(row, e);
            case ImageEvent e -> build(row, e);
            default -> row;
        };
    }

    private static @Nullable DesiredRow volume(@Nullable DesiredRow row, VolumeEvent event) {
        var id = event.volume().value();
        return switch (event) {
            case VolumeCreated e -> new DesiredRow(e.host().id(), new DesiredResource.Volume(id, false));
            case VolumeProvided e -> new DesiredRow(e.host().id(), new DesiredResource.Volume(id, false));
            case VolumeCopyRequested e ->
                new DesiredRow(e.host().id(), new DesiredResource.Volume(id, false, e.of().value()));
            case VolumeCopied _ -> {
                var was = (DesiredResource.Volume) known(row).resource();
                yield new DesiredRow(known(row).host(), new DesiredResource.Volume(id, was.remove()));
            }
            case VolumeAttached _, VolumeDetached _, VolumeRestoreBegan _, VolumeRestored _ -> row;
            case VolumeDeleted _ -> new DesiredRow(known(row).host(), new DesiredResource.Volume(id, true));
            case VolumeRemoved _ -> new DesiredRow(known(row).host(), new DesiredResource.Forget(id));
        };
    }

    private static @Nullable DesiredRow build(@Nullable DesiredRow row, ImageEvent event) {
        return switch (event) {
            case ImageDefined _, ImageRevised _, ImageRetired _, VersionGone _ -> row;
            case BuildRequested e -> {
                var of = e.of();
                var image =
                        new DesiredResource.ImageRef(of.id().value(), of.name().value(), of.version());
                var id = build(e.image().value(), e.build());
                yield new DesiredRow(e.host().id(), new DesiredResource.Build(id, e.build(), image, e.noCache()));
            }
            case BuildCancelled e ->
                new DesiredRow(
                        known(row).host(),
                        new DesiredResource.Forget(build(e.image().value(), e.build())));
            case BuildRecorded e ->
                switch (e.outcome()) {
                    case BuildOutcome.Building _ -> row;
                    case BuildOutcome.Succeeded _, BuildOutcome.Failed _ ->
                        new DesiredRow(
                                known(row).host(),
                                new DesiredResource.Forget(build(e.image().value(), e.build())));
                };
        };
    }

    private static String build(String image, int build) {
        return image + "/" + build;
    }

    static DesiredRow known(@Nullable DesiredRow row) {
        return Objects.requireNonNull(row, "an event about something that was never made");
    }
}
