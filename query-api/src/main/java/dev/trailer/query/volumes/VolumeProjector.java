package dev.trailer.query.volumes;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row per volume, until its host has removed it. */
final class VolumeProjector implements Projector<VolumeRow> {
    static final String NAME = "volumes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<VolumeRow> row() {
        return VolumeRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("owner", "state", "owner"),
                Column.text("host", "state", "host", "name"),
                Column.text("workspace", "state", "workspace"),
                Column.text("life", "state", "life"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of(List.of("owner", "id"), List.of("host", "id"));
    }

    @Override
    public boolean concerns(String type) {
        return type.startsWith("volume.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return event.event() instanceof VolumeEvent e ? List.of(e.volume().value()) : List.of();
    }

    @Override
    public @Nullable VolumeRow evolve(@Nullable VolumeRow row, RecordedEvent event) {
        if (!(event.event() instanceof VolumeEvent happened)) {
            return row;
        }
        if (happened instanceof VolumeRemoved) {
            return null;
        }
        return row == null
                ? new VolumeRow(Volume.evolve(null, happened), event.recordedAt())
                : new VolumeRow(Volume.evolve(row.state(), happened), row.createdAt());
    }
}
