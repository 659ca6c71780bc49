package dev.trailer.query.hosts;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.host.HostEvent.HostRemoved;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row per host, until it is removed. */
final class HostProjector implements Projector<HostRow> {
    static final String NAME = "hosts";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<HostRow> row() {
        return HostRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("name", "state", "name"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of();
    }

    @Override
    public boolean concerns(String type) {
        return type.startsWith("host.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return event.event() instanceof HostEvent e ? List.of(e.host().value()) : List.of();
    }

    @Override
    public @Nullable HostRow evolve(@Nullable HostRow row, RecordedEvent event) {
        if (!(event.event() instanceof HostEvent happened)) {
            return row;
        }
        if (happened instanceof HostRemoved) {
            return null;
        }
        return row == null
                ? new HostRow(Host.evolve(null, happened), event.recordedAt())
                : new HostRow(Host.evolve(row.state(), happened), row.createdAt());
    }
}
