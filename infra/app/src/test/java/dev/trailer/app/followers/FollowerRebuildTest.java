package dev.trailer.app.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.ledger.Follower;
import dev.trailer.ledger.Follower.Batch;
import dev.trailer.ledger.Follower.Keeping;
import dev.trailer.ledger.Follower.Tables;
import dev.trailer.ledger.FollowerGroup.Manner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A view is made anew beside the one that is read, and then takes its place. */
@ExtendWith(LedgerDatabase.OneForAll.class)
class FollowerRebuildTest {
    private static final Manner MANNER = new Manner(Duration.ofMillis(8), Duration.ofSeconds(5));
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LedgerDatabase database;

    FollowerRebuildTest(LedgerDatabase database) {
        this.database = database;
    }

    /** One row for each event: its position, and the version that wrote it. */
    private static Follower view(String name, int version, Follower.Handler before) {
        var tables = new Tables() {
            @Override
            public List<String> names() {
                return List.of(name);
            }

            @Override
            public boolean concerns(String type) {
                return type.equals("workspace.created");
            }

            @Override
            public void create(Connection connection) throws SQLException {
                execute(connection, "create table " + name + " (position bigint not null, version int not null)");
            }

            @Override
            public void index(Connection connection) throws SQLException {
                execute(connection, "alter table " + name + " add primary key (position)");
            }
        };
        return new Follower(name, version, new Keeping.Views(tables), (connection, batch) -> {
            before.handle(connection, batch);
            execute(
                    connection,
                    "insert into " + name + " select p, " + version + " from generate_series(" + (batch.after() + 1)
                            + "::bigint, " + batch.upTo() + "::bigint) as p");
            return batch.upTo();
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Follower view(String name, int version) {
        return view(name, version, (_, batch) -> batch.upTo());
    }

    /** How many rows of which version there are to be read. */
    private String read(String name) {
        return database.sql()
                .sql("select coalesce(string_agg(version || ':' || n, ' ' order by version), '') from"
                        + " (select version, count(*) as n from " + name + " group by version) versions")
                .query(String.class)
                .single();
    }

    private void filled(String name, int version) {
        try (var following = new Following(database, name, MANNER, List.of(view(name, version)))) {
            following.ring(database.head());
            awaitVersion(name, version);
        }
        assertThat(read(name)).isEqualTo(version + ":" + database.head());
    }

    private void awaitVersion(String name, int version) {
        await().atMost(SOON).ignoreExceptions().until(() -> database.sql()
                .sql(
                        "select version = ? and not rebuild and position = (select position from ledger_head) from follower"
                                + " where name = ?")
                .param(version)
                .param(name)
                .query(Boolean.class)
                .single());
    }

    @Test
    void another_version_is_made_by_itself_while_the_old_one_is_read_and_goes_on_where_it_was_after_a_restart()
            throws InterruptedException {
        database.grow(25_000);
        filled("view_versions", 1);
        long old = database.head();

        // The first batch passes, in the second one the server is stopped.
        var batches = new AtomicInteger();
        var reached = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        Follower.Handler stuck = (_, batch) -> {
            if (batches.incrementAndGet() == 2) {
                reached.countDown();
                never.await();
            }
            return batch.upTo();
        };
        var second = view("view_versions", 2, stuck);
        try (var following = new Following(database, "stopped", MANNER, List.of(second))) {
            following.ring(old);
            reached.await();
            assertThat(read("view_versions")).isEqualTo("1:" + old);
            assertThat(second.building()).isNotNull();
            assertThat(second.position()).isEqualTo(old);
            assertThat(second.await(database.grow(10), Duration.ofMillis(50)))
                    .as("the old one is not fed any more")
                    .isFalse();
        }
        var handled = new AtomicInteger();
        var again = view("view_versions", 2, (_, batch) -> handled.addAndGet((int) (batch.upTo() - batch.after())));
        try (var following = new Following(database, "restarted", MANNER, List.of(again))) {
            following.ring(database.head());
            awaitVersion("view_versions", 2);
            assertThat(read("view_versions")).isEqualTo("2:" + database.head());
            assertThat(handled.get()).as("not from the first event again").isLessThan((int) database.head());
            Following.awaitPosition(again, database.head());
            assertThat(again.building()).isNull();
        }
    }

    @Test
    void one_that_is_asked_to_be_made_anew_is_fed_meanwhile_and_has_equal_rows() throws InterruptedException {
        database.grow(25_000);
        filled("view_asked", 1);
        var filling = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Follower.Handler handler = (connection, batch) -> {
            if (schema(connection).endsWith("_next")) {
                filling.countDown();
                go.await();
            }
            return batch.upTo();
        };
        var asked = view("view_asked", 1, handler);
        database.sql().sql("update view_asked set version = 7").update();
        try (var following = new Following(database, "asked", MANNER, List.of(asked))) {
            database.sql()
                    .sql("update follower set rebuild = true where name = 'view_asked'")
                    .update();
            filling.await();
            long old = database.head();
            long head = database.grow(10);
            following.ring(head);
            Following.awaitPosition(asked, head);
            assertThat(read("view_asked")).isEqualTo("1:10 7:" + old);
            go.countDown();
            awaitVersion("view_asked", 1);
            assertThat(read("view_asked")).isEqualTo("1:" + head);
        }
    }

    @Test
    void a_view_that_a_newer_program_has_made_stands_still_and_says_so() {
        database.grow(10);
        filled("view_newer", 2);
        var older = view("view_newer", 1);
        try (var following = new Following(database, "older", MANNER, List.of(older))) {
            following.ring(database.head());
            await().atMost(SOON).until(() -> older.failure() != null);
            assertThat(older.failure()).hasMessageContaining("a newer program has made its version 2");
            assertThat(read("view_newer")).isEqualTo("2:" + database.head());
        }
    }

    @Test
    void two_servers_make_it_anew_once() {
        database.grow(25_000);
        filled("view_twice", 1);
        var handled = new AtomicInteger();
        Follower.Handler count = (_, batch) -> handled.addAndGet((int) size(batch));
        var here = view("view_twice", 2, count);
        var there = view("view_twice", 2, count);
        try (var first = new Following(database, "first", MANNER, List.of(here));
                var second = new Following(database, "second", MANNER, List.of(there))) {
            first.ring(database.head());
            second.ring(database.head());
            awaitVersion("view_twice", 2);
            assertThat(handled).hasValue((int) database.head());
            Following.awaitPosition(here, database.head());
            Following.awaitPosition(there, database.head());
        }
        assertThat(database.sql()
                        .sql("select count(*) from follower_build where name = 'view_twice'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static long size(Batch batch) {
        return batch.upTo() - batch.after();
    }

    private static String schema(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select current_schema()")) {
            row.next();
            return row.getString(1);
        }
    }
}
