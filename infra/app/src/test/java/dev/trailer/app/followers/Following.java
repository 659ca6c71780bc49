package dev.trailer.app.followers;

import static org.awaitility.Awaitility.await;

import dev.trailer.ledger.EventCodec;
import dev.trailer.ledger.Follower;
import dev.trailer.ledger.Follower.Keeping;
import dev.trailer.ledger.FollowerGroup;
import dev.trailer.ledger.FollowerGroup.Manner;
import dev.trailer.ledger.HeadWatch;
import dev.trailer.ledger.LedgerReader;
import dev.trailer.ledger.Tail;
import java.time.Duration;
import java.util.List;

/** What of one server follows the ledger: its tail, its watch over the head, and one group. */
final class Following implements AutoCloseable {
    private final Tail tail;
    private final HeadWatch watch;
    private final FollowerGroup group;

    Following(LedgerDatabase database, String name, Manner manner, List<Follower> followers) {
        var reader = new LedgerReader(database.connections(), new EventCodec(List.of()));
        this.tail = new Tail(reader);
        this.watch = new HeadWatch(reader, tail);
        this.group = new FollowerGroup(name, followers, database.connections(), tail, reader, manner);
        group.start();
    }

    /** Writes down each position that it is told of, in the table {@code seen}. */
    static Follower counting(String name, Follower.Handler before) {
        return new Follower(name, 1, new Keeping.InPlace(_ -> {}), (connection, batch) -> {
            before.handle(connection, batch);
            try (var insert = connection.prepareStatement(
                    "insert into seen (follower, position) select ?, p from generate_series(?::bigint, ?::bigint) as p")) {
                insert.setString(1, name);
                insert.setLong(2, batch.after() + 1);
                insert.setLong(3, batch.upTo());
                insert.executeUpdate();
            }
            return batch.upTo();
        });
    }

    static Follower counting(String name) {
        return counting(name, (_, batch) -> batch.upTo());
    }

    /** The ledger has grown: told at once, as a committer would. */
    void ring(long head) {
        tail.reached(head);
    }

    static void awaitPosition(Follower follower, long position) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> follower.await(position, Duration.ofSeconds(1)));
    }

    @Override
    public void close() {
        group.close();
        watch.close();
    }
}
