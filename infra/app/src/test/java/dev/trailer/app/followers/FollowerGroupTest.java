package dev.trailer.app.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.ledger.Follower;
import dev.trailer.ledger.FollowerGroup.Manner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every follower sees every event once in effect, whatever happens to it, to the others, and to its server. */
@ExtendWith(LedgerDatabase.OneForAll.class)
class FollowerGroupTest {
    private static final Manner MANNER = new Manner(Duration.ofMillis(8), Duration.ofSeconds(5));
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LedgerDatabase database;

    FollowerGroupTest(LedgerDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void what_is_seen_is_written_down() {
        database.sql()
                .sql("create table if not exists seen (follower text, position bigint)")
                .update();
    }

    private void assertSawEachOnce(String follower, long head) {
        assertThat(database.sql()
                        .sql(
                                "select count(*) || ' ' || count(distinct position) || ' ' || min(position) || ' ' || max(position)"
                                        + " from seen where follower = ?")
                        .param(follower)
                        .query(String.class)
                        .single())
                .isEqualTo("%1$d %1$d 1 %1$d".formatted(head));
    }

    @Test
    void one_that_throws_stands_still_alone_and_catches_up_when_it_is_mended() {
        var broken = new AtomicBoolean(true);
        var well = Following.counting("isolated-well");
        var ill = Following.counting("isolated-ill", (_, _) -> {
            if (broken.get()) {
                throw new IllegalStateException("a poisonous event");
            }
            return 0;
        });
        try (var following = new Following(database, "isolated", MANNER, List.of(ill, well))) {
            long head = database.grow(3_000);
            following.ring(head);
            Following.awaitPosition(well, head);
            await().atMost(SOON).until(() -> ill.failure() != null);
            assertThat(ill.failure()).hasMessage("a poisonous event");
            assertThat(ill.position()).isZero();
            assertThat(well.failure()).isNull();

            broken.set(false);
            Following.awaitPosition(ill, head);
            assertThat(ill.failure()).isNull();

            long more = database.grow(10);
            following.ring(more);
            Following.awaitPosition(ill, more);
            Following.awaitPosition(well, more);
            assertSawEachOnce("isolated-ill", more);
            assertSawEachOnce("isolated-well", more);
        }
    }

    @Test
    void of_two_servers_each_event_is_handled_by_one() {
        var here = List.of(Following.counting("shared-a"), Following.counting("shared-b"));
        var there = List.of(Following.counting("shared-a"), Following.counting("shared-b"));
        try (var first = new Following(database, "first", MANNER, here);
                var second = new Following(database, "second", MANNER, there)) {
            long head = database.head();
            for (int i = 0; i < 40; i++) {
                head = database.grow(25);
                (i % 2 == 0 ? first : second).ring(head);
            }
            first.ring(head);
            second.ring(head);
            for (int i = 0; i < 2; i++) {
                Following.awaitPosition(here.get(i), head);
                Following.awaitPosition(there.get(i), head);
            }
            assertSawEachOnce("shared-a", head);
            assertSawEachOnce("shared-b", head);
        }
    }

    @Test
    void a_server_that_is_paused_in_mid_transaction_is_overtaken_and_goes_on_when_it_wakes()
            throws InterruptedException {
        var manner = new Manner(Duration.ofMillis(8), Duration.ofMillis(300));
        var asleep = new CountDownLatch(1);
        var wake = new CountDownLatch(1);
        var here = Following.counting("paused", (_, _) -> {
            asleep.countDown();
            wake.await();
            return 0;
        });
        var there = Following.counting("paused");
        long head = database.grow(100);
        try (var first = new Following(database, "first", manner, List.of(here))) {
            first.ring(head);
            asleep.await();
            try (var second = new Following(database, "second", manner, List.of(there))) {
                second.ring(head);
                Following.awaitPosition(there, head);
                wake.countDown();
                head = database.grow(100);
                second.ring(head);
                first.ring(head);
                Following.awaitPosition(there, head);
                Following.awaitPosition(here, head);
            }
            long more = database.grow(5);
            first.ring(more);
            Following.awaitPosition(here, more);
            assertThat(here.failure()).isNull();
            assertSawEachOnce("paused", more);
        }
    }

    @Test
    void one_whose_connection_is_ended_in_mid_transaction_handles_the_same_again_on_another() {
        var ended = new AtomicInteger();
        Follower follower = Following.counting("cut", (connection, _) -> {
            if (ended.getAndIncrement() < 2) {
                int pid;
                try (var query = connection.createStatement().executeQuery("select pg_backend_pid()")) {
                    query.next();
                    pid = query.getInt(1);
                }
                database.sql()
                        .sql("select pg_terminate_backend(?, 5000)")
                        .param(pid)
                        .query(Boolean.class)
                        .single();
            }
            return 0;
        });
        var other = Following.counting("cut-other");
        try (var following = new Following(database, "cut", MANNER, List.of(follower, other))) {
            long head = database.grow(50);
            following.ring(head);
            Following.awaitPosition(follower, head);
            Following.awaitPosition(other, head);
            assertThat(ended).hasValueGreaterThanOrEqualTo(3);
            assertSawEachOnce("cut", head);
            assertSawEachOnce("cut-other", head);
        }
    }

    @Test
    void a_burst_is_carried_in_few_batches_and_a_lone_event_at_once() {
        var batches = new AtomicInteger();
        var follower = Following.counting("paced", (_, _) -> batches.incrementAndGet());
        var manner = new Manner(Duration.ofSeconds(1), Duration.ofSeconds(5));
        long head = database.head();
        try (var following = new Following(database, "paced", manner, List.of(follower))) {
            following.ring(head);
            Following.awaitPosition(follower, head);
            int before = batches.get();
            long begun = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                head = database.grow(2);
                following.ring(head);
            }
            Following.awaitPosition(follower, head);
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            // One a second, and one at each end.
            assertThat((long) batches.get() - before).isLessThanOrEqualTo(seconds + 3);
        }
    }
}
