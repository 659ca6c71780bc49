package dev.trailer.e2e.faults.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.e2e.faults.load.Asked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was acknowledged is in the ledger, where the answer said, whole, and once. */
final class Acknowledged {
    private Acknowledged() {}

    /**
     * @param connection in the snapshot that the model has read
     * @return answers to changes that changed nothing, and name a position at which what they tell was not yet so: who
     *     reads on behind that position may be shown less than what the answer told
     */
    static List<String> check(Model model, List<Asked> changes, Connection connection) throws SQLException {
        var behind = new ArrayList<String>();
        for (Asked change : changes) {
            long position = change.answer().position().orElseThrow();
            assertThat(position)
                    .as("acknowledged, so in the ledger: %s", change.answer())
                    .isLessThanOrEqualTo(model.position());
            if (change.name() != null) {
                created(model, change, position);
            } else {
                changed(model, change, position, behind);
            }
            if (change.key() != null) {
                kept(connection, change, position);
            }
        }
        return behind;
    }

    private static void created(Model model, Asked change, long position) {
        var command = model.endingAt(position);
        assertThat(command)
                .as("a command ends where this says: %s", change.answer())
                .isNotNull();
        if (command == null) {
            return;
        }
        assertThat(command.events().getFirst().event())
                .as("%s", change.answer())
                .isInstanceOfSatisfying(WorkspaceEvent.WorkspaceCreated.class, created -> {
                    assertThat(created.workspace().value())
                            .isEqualTo(change.answer().text("/id"));
                    assertThat(created.spec().name().value()).isEqualTo(change.name());
                });
        assertThat(command.events()).as("all of it: %s", change.answer()).hasSize(change.events());
    }

    /** An answer that changed nothing has the head's position; what it says was true there or before. */
    private static void changed(Model model, Asked change, long position, List<String> behind) {
        var id = change.answer().text("/id");
        if (id.isEmpty() || !model.workspaces().containsKey(id)) {
            return;
        }
        long version = change.answer().number("/version");
        var command = model.endingAt(position);
        boolean itself = command != null
                && command.events().stream().anyMatch(e -> e.subject().id().equals(id) && e.sequence() + 1 == version);
        if (itself) {
            return;
        }
        assertThat(model.versionAt(id, model.position()))
                .as("what was acknowledged is there: %s", change.answer())
                .isGreaterThanOrEqualTo(version);
        if (model.versionAt(id, position) < version) {
            behind.add("version " + version + " was not there at position " + position + ": " + change.answer());
        }
    }

    private static void kept(Connection connection, Asked change, long position) throws SQLException {
        try (var query = connection.prepareStatement("select position, body from idempotency_record where key = ?")) {
            query.setString(1, change.key());
            try (var row = query.executeQuery()) {
                assertThat(row.next())
                        .as("the answer is kept: %s", change.answer())
                        .isTrue();
                assertThat(row.getLong(1)).as("%s", change.answer()).isEqualTo(position);
                assertThat(row.getBytes(2))
                        .as("%s", change.answer())
                        .isEqualTo(change.answer().body());
                assertThat(row.next()).as("once: %s", change.answer()).isFalse();
            }
        }
    }
}
