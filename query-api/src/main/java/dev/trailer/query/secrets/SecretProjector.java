package dev.trailer.query.secrets;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.secret.SecretEvent.SecretDeleted;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row per secret, until it is deleted. */
final class SecretProjector implements Projector<SecretRow> {
    static final String NAME = "secrets";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<SecretRow> row() {
        return SecretRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("name", "state", "name"), Column.text("owner", "state", "owner"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of(List.of("owner", "id"));
    }

    @Override
    public boolean concerns(String type) {
        return type.startsWith("secret.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return event.event() instanceof SecretEvent e ? List.of(e.secret().value()) : List.of();
    }

    @Override
    public @Nullable SecretRow evolve(@Nullable SecretRow row, RecordedEvent event) {
        if (!(event.event() instanceof SecretEvent happened)) {
            return row;
        }
        if (happened instanceof SecretDeleted) {
            return null;
        }
        var at = event.recordedAt();
        return row == null
                ? new SecretRow(Secret.evolve(null, happened), at, at)
                : new SecretRow(Secret.evolve(row.state(), happened), row.createdAt(), at);
    }
}
