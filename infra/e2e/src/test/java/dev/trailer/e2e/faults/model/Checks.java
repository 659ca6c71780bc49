package dev.trailer.e2e.faults.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.e2e.faults.load.History;
import dev.trailer.e2e.faults.load.LiveReader;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.Database;
import dev.trailer.ledger.EventCodec;
import dev.trailer.ledger.LedgerReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** All checks of one campaign; what was checked is not read again. One thread. */
public final class Checks {
    private static final int PAGE = 5_000;
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final History history;
    private final Model model = new Model();
    private final LedgerReader reader;
    private final List<String> behind = new ArrayList<>();

    public Checks(Database database, History history) {
        this.database = database;
        this.history = history;
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName("postgres");
        source.setUser(database.user());
        source.setPassword(database.password());
        reader = new LedgerReader(source, new EventCodec(List.of()));
    }

    public Model model() {
        return model;
    }

    /** What can be checked while commands flow: history, acknowledgements, claims, in one snapshot; and all answers. */
    public void afterFault() throws SQLException {
        // Taken first: what was acknowledged before the snapshot must be in it.
        var changes = history.takeAcknowledged();
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            long head = head(connection);
            model.follow(upTo(head));
            assertThat(model.position()).as("the head is the last position").isEqualTo(head);
            Claims.check(model, connection);
            behind.addAll(Acknowledged.check(model, changes, connection));
            connection.rollback();
        }
        assertThat(history.wrongs())
                .as("answers and facts that should never have come")
                .isEmpty();
    }

    private static long head(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select position from ledger_head")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What is recorded never changes, so it may be read past the snapshot. */
    private List<RecordedEvent> upTo(long head) {
        var events = new ArrayList<RecordedEvent>();
        long position = model.position();
        while (position < head) {
            for (var event : reader.after(position, PAGE)) {
                if (event.position() <= head) {
                    events.add(event);
                }
            }
            if (events.isEmpty() || events.getLast().position() == position) {
                break;
            }
            position = events.getLast().position();
        }
        return events;
    }

    /** The rest, when nothing is asked any more: streams, views, the chain. The servers must be well. */
    public void atTheEnd(List<LiveReader> readers, Client server) throws SQLException {
        var views = new Views(database);
        views.awaitCaughtUp();
        afterFault();
        for (LiveReader live : readers) {
            Await.until("a reader sees the last fact", STREAM_PATIENCE, () -> live.position() >= model.position());
            assertThat(live.seen()).as("what a reader of the stream saw").isEqualTo(model.eventIds());
        }
        views.check();
        var verdict = server.get("/api/v1/audit/verify").expect(200);
        assertThat(verdict.json().path("whole").asBoolean()).as("%s", verdict).isTrue();
        assertThat(behind)
                .as("answers that tell more than there was at the position they name")
                .isEmpty();
        assertThat(history.wrongs())
                .as("answers and facts that should never have come")
                .isEmpty();
    }
}
