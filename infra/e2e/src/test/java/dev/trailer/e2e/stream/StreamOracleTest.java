package dev.trailer.e2e.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * 100,000 facts under {@code -Dtrailer.e2e=long}, a tenth else, or as many as {@code -Dtrailer.stream.events} says. The seed
 * decides who reads where and which faults come in which order; {@code -Dtrailer.stream.seed} brings one again.
 */
@DisabledIfSystemProperty(named = "trailer.e2e", matches = "off", disabledReason = "-Dtrailer.e2e=off")
class StreamOracleTest {
    private static final int PLAIN_EVENTS = 10_000;
    private static final int LONG_EVENTS = 100_000;
    /** Generous: a machine may be shared, and a start takes seconds. */
    private static final Duration WRITTEN = Duration.ofMinutes(40);

    private static final Duration CAUGHT_UP = Duration.ofMinutes(2);
    /** What a reader that crawled has before it is all that was written. */
    private static final int CAUGHT_UP_PER_SECOND = 500;
    /** The tail of the ledger in memory, and what is encoded of it, fill up once. */
    private static final long FLAT_HEAP_BYTES = 48L << 20;

    private static final int CROWD = 100;
    /** Facts of 60 kB each: more than the machine's own buffers take for a connection. */
    private static final int LARGE = 200;
    /** What one reader that takes nothing may hold, outside of the heap; and some air. */
    private static final long CROWD_BYTES = CROWD * 160L * 1_024 + (32L << 20);

    private static final Pattern WAITING = Pattern.compile("trailer_stream_waiting_bytes ([0-9.E]+)");

    private final long seed = Long.getLong("trailer.stream.seed", new Random().nextLong(1_000_000_000L));
    private final long events = Long.getLong(
            "trailer.stream.events", "long".equals(System.getProperty("trailer.e2e")) ? LONG_EVENTS : PLAIN_EVENTS);
    private final Random random = new Random(seed);
    private final List<Reader> readers = new ArrayList<>();

    @Test
    void each_reader_is_told_all_that_it_asked_for_once_and_in_order_or_that_it_must_begin_anew()
            throws SQLException, InterruptedException, IOException {
        System.out.printf("stream oracle: seed=%d events=%d; again: -Dtrailer.stream.seed=%d%n", seed, events, seed);
        try (var pair = new Pair()) {
            begin(pair);
            try {
                write(pair);
                takingNothingHoldsLittle(pair);
                catchUp(pair);
                compare(pair);
                afterARestoreEachIsReset(pair);
            } finally {
                readers.forEach(Reader::stop);
                readers.forEach(System.out::println);
            }
        }
    }

    private void begin(Pair pair) {
        var shaky = pair.shakyPorts();
        read("fast-1", Wish.ALL, false, shaky, pair);
        read("fast-2", Wish.ALL, false, shaky, pair);
        read("one-byte-a-second-1", Wish.ALL, true, pair.ports(), pair);
        read("one-byte-a-second-2", Wish.ALL, true, pair.ports(), pair);
        read("hosts", new Wish("&kind=host", "aggregate_kind = 'host'"), false, shaky, pair);
        read(
                "images",
                new Wish("&type=image.defined,host.lost&kind=image", "type = 'image.defined'"),
                false,
                shaky,
                pair);
        read("nothing", new Wish("&type=host.lost", "type = 'host.lost'"), false, shaky, pair);
    }

    private void read(String name, Wish wish, boolean slow, List<Integer> ports, Pair pair) {
        var reader = new Reader(name, wish, slow, ports, pair.token(), random.nextLong());
        readers.add(reader);
        Thread.ofVirtual().name(name).start(reader);
    }

    /** Four fifths under faults; the rest without, so that memory can be compared over one life. */
    private void write(Pair pair) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        try (var _ = new Writers(pair.clients())) {
            while (pair.head() < events * 4 / 5) {
                if (System.nanoTime() - begun > WRITTEN.toNanos()) {
                    throw new AssertionError("only " + pair.head() + " facts within " + WRITTEN);
                }
                pair.disturb(random);
            }
            pair.settle();
            var before = memory(pair);
            Await.until("all facts are written", WRITTEN, () -> pair.head() >= events);
            var after = memory(pair);
            System.out.printf(
                    "%d facts in %d s, %d faults; memory at four fifths %s, at the end %s%n",
                    pair.head(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                    pair.faults(),
                    before,
                    after);
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i).heapBytes() - before.get(i).heapBytes())
                        .as("growth of the heap of server " + i)
                        .isLessThan(FLAT_HEAP_BYTES);
            }
        }
    }

    private static List<Memory> memory(Pair pair) {
        var clients = pair.clients();
        var found = new ArrayList<Memory>();
        for (int i = 0; i < clients.size(); i++) {
            found.add(Memory.of(pair.servers().get(i), clients.get(i)));
        }
        return found;
    }

    private static void takingNothingHoldsLittle(Pair pair) throws IOException {
        var server = pair.servers().getFirst();
        var client = server.client();
        Writers.large(client, LARGE);
        var before = Memory.of(server, client);
        try (var _ = new Crowd(CROWD, server.port(), pair.token())) {
            // Every one of them is stuck: it has been given a full chunk that its socket does not take.
            Await.until("the crowd is stuck", CAUGHT_UP, () -> waiting(client) > CROWD * 40_000L);
            var during = Memory.of(server, client);
            System.out.printf(
                    "%d readers that take nothing: %d KiB wait; before %s, with them %s%n",
                    CROWD, waiting(client) >> 10, before, during);
            assertThat(during.residentBytes() - before.residentBytes()).isLessThan(CROWD_BYTES);
        }
        Await.until("nothing waits for a crowd that went", CAUGHT_UP, () -> waiting(client) < CROWD * 1_000L);
    }

    private static long waiting(Client client) {
        var found =
                WAITING.matcher(new String(client.get("/metrics").expect(200).body(), StandardCharsets.UTF_8));
        assertThat(found.find()).isTrue();
        return (long) Double.parseDouble(found.group(1));
    }

    private void catchUp(Pair pair) throws SQLException {
        long head = pair.head();
        var patience = CAUGHT_UP.plusSeconds(head / CAUGHT_UP_PER_SECOND);
        readers.forEach(Reader::hurry);
        for (var reader : readers) {
            Await.until(reader + " comes to " + head, patience, () -> reader.position() >= head);
        }
    }

    private void compare(Pair pair) {
        for (var reader : readers) {
            assertThat(reader.wrong()).as(reader.toString()).isEmpty();
            var due = reader.wish().due(pair.database());
            var told = reader.told();
            assertThat(told.equals(due))
                    .as(() -> reader + ": of " + due.size() + " due; first difference at " + firstDifference(due, told))
                    .isTrue();
        }
        assertThat(readers.getFirst().told().size()).isGreaterThanOrEqualTo((int) events);
    }

    private static String firstDifference(List<Told> due, List<Told> told) {
        for (int i = 0; i < Math.min(due.size(), told.size()); i++) {
            if (!due.get(i).equals(told.get(i))) {
                return due.get(i) + " is due, told was " + told.get(i);
            }
        }
        return "the end of the shorter";
    }

    private void afterARestoreEachIsReset(Pair pair) throws SQLException, IOException, InterruptedException {
        readers.forEach(Reader::stop);
        pair.newTimeline();
        for (var client : pair.clients()) {
            for (var reader : readers) {
                var response = client.stream("/api/v1/stream", "Last-Event-ID", reader.lastId());
                try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    assertThat(lines.lines()
                                    .filter(line -> line.startsWith("event: "))
                                    .findFirst())
                            .contains("event: reset");
                }
            }
        }
    }
}
