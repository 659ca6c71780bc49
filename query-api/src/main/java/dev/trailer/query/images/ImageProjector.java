package dev.trailer.query.images;

import dev.trailer.api.ImageView;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.query.images.ImageRow.Build;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row per image, for ever: workspaces may run old versions of one that is retired. */
final class ImageProjector implements Projector<ImageRow> {
    static final String NAME = "images";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<ImageRow> row() {
        return ImageRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("retired", "state", "retired"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of();
    }

    @Override
    public boolean concerns(String type) {
        return type.startsWith("image.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return event.event() instanceof ImageEvent e ? List.of(e.image().value()) : List.of();
    }

    @Override
    public @Nullable ImageRow evolve(@Nullable ImageRow row, RecordedEvent event) {
        if (!(event.event() instanceof ImageEvent happened)) {
            return row;
        }
        var at = event.recordedAt();
        var is = Image.evolve(row == null ? null : row.state(), happened);
        if (row == null) {
            return new ImageRow(is, at, List.of(at), List.of());
        }
        return switch (happened) {
            case ImageDefined _, ImageRetired _, VersionGone _ ->
                new ImageRow(is, row.createdAt(), row.versionTimes(), row.builds());
            case ImageRevised _ -> {
                var times = new ArrayList<>(row.versionTimes());
                times.add(at);
                yield new ImageRow(is, row.createdAt(), times, row.builds());
            }
            case BuildRequested e -> {
                var requested =
                        new Build(e.build(), e.of().version(), e.host(), null, e.noCache(), at, null, null, null);
                var builds = Stream.concat(Stream.of(requested), row.builds().stream())
                        .limit(ImageView.MAX_BUILDS)
                        .toList();
                yield new ImageRow(is, row.createdAt(), row.versionTimes(), builds);
            }
            case BuildRecorded e -> changed(row, is, e.build(), build -> build.recorded(e.outcome(), at));
            case BuildCancelled e -> changed(row, is, e.build(), build -> build.cancelled(at));
        };
    }

    private static ImageRow changed(ImageRow row, Image is, int number, UnaryOperator<Build> change) {
        var builds = row.builds().stream()
                .map(build -> build.build() == number ? change.apply(build) : build)
                .toList();
        return new ImageRow(is, row.createdAt(), row.versionTimes(), builds);
    }
}
