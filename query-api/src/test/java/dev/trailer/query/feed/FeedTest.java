package dev.trailer.query.feed;

import static dev.trailer.query.Things.CREATED;
import static dev.trailer.query.Things.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.access.Role;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.name.Handle;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.query.Ledger;
import dev.trailer.query.Things;
import dev.trailer.query.facts.FactReaders;
import io.netty.channel.ChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;

/** The stream over real sockets. */
class FeedTest {
    private static final Principal ADA = new Principal(Ledger.OWNER, new Handle("ada"), Role.ADMIN);

    private static final int SOCKET_BYTES = 16_384;

    private static final Feed.Limits HASTY = new Feed.Limits(3, Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final String MARK = StreamId.markOf("install/first");

    private final FakeFacts facts = new FakeFacts();
    private @Nullable Feed feed;
    private @Nullable DisposableServer server;

    private Feed feed() {
        return Objects.requireNonNull(feed);
    }

    private void start(Feed.Limits limits) {
        feed = new Feed(facts, FactReaders.withNames(), facts, facts, limits);
        var reads = new FeedReads(feed);
        server = reactor.netty.http.server.HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BYTES)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.webHandler(exchange -> reads.stream(ADA, exchange))
                                .build()))
                .bindNow();
    }

    @BeforeEach
    void start() {
        start(Feed.Limits.DEFAULT);
    }

    @AfterEach
    void stop() {
        feed().stop();
        Objects.requireNonNull(server).disposeNow(Duration.ofSeconds(1));
    }

    private void restart(Feed.Limits limits) {
        stop();
        start(limits);
    }

    private static String id(long position) {
        return position + "-" + MARK;
    }

    private static List<String> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(FeedTest::id).toList();
    }

    /** A client that reads as little or as much as a test likes. */
    private final class Client implements AutoCloseable {
        final Socket socket;
        final BufferedReader lines;

        Client(String query, @Nullable String lastEventId) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(SOCKET_BYTES);
            socket.connect(Objects.requireNonNull(server).address());
            socket.setSoTimeout(10_000);
            var header = lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/v1/stream" + query + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line that begins so. */
        String next(String prefix) throws IOException {
            while (true) {
                var line = lines.readLine();
                if (line == null) {
                    throw new IOException("the stream has ended");
                }
                if (line.startsWith(prefix)) {
                    return line.substring(prefix.length());
                }
            }
        }

        List<String> ids(int count) throws IOException {
            var ids = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                ids.add(next("id: "));
            }
            return ids;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void record(int count) {
        for (int i = 0; i < count; i++) {
            facts.record(seen(Phase.RUNNING, 1, "c" + i));
        }
    }

    /** Larger than all buffers between us and a client: {@code count} facts of 50 kB. */
    private void recordLarge(int count) {
        var text = "FROM scratch\n" + "# filler\n".repeat(5_500);
        for (int i = 0; i < count; i++) {
            facts.record(new ImageRevised(Things.IMAGE, Things.dockerfile(text), i + 2, i + 2));
        }
    }

    @Nested
    class Resuming {
        @Test
        void without_an_id_it_begins_at_the_present_head() throws IOException {
            record(3);
            try (var client = new Client("", null)) {
                assertThat(client.next("id: ")).isEqualTo(id(3));
                facts.record(CREATED);
                assertThat(client.next("id: ")).isEqualTo(id(4));
                assertThat(client.next("event: ")).isEqualTo("fact");
                assertThat(client.next("data: "))
                        .contains("\"position\":4", "\"type\":\"workspace.created\"", "\"name\":\"api\"", "\"PT2H\"");
            }
        }

        @Test
        void it_goes_on_behind_a_position_with_nothing_missed_or_doubled() throws IOException {
            record(600);
            try (var client = new Client("?after=100", null)) {
                assertThat(client.ids(500)).isEqualTo(ids(101, 500));
                record(1);
                assertThat(client.next("id: ")).isEqualTo(id(601));
            }
        }

        @Test
        void who_is_behind_what_is_in_memory_catches_up_from_the_database() throws IOException {
            facts.memory = 50;
            record(600);
            try (var client = new Client("", id(3))) {
                assertThat(client.ids(597)).isEqualTo(ids(4, 597));
                record(1);
                assertThat(client.next("id: ")).isEqualTo(id(601));
            }
        }

        @Test
        void the_browsers_own_header_wins() throws IOException {
            record(5);
            try (var client = new Client("?after=1", id(4))) {
                assertThat(client.next("id: ")).isEqualTo(id(5));
            }
        }

        @Test
        void a_position_ahead_of_the_ledger_is_reset_and_goes_on_from_the_head() throws IOException {
            record(5);
            try (var client = new Client("?after=6", null)) {
                assertThat(client.next("id: ")).isEqualTo(id(5));
                assertThat(client.next("event: ")).isEqualTo("reset");
                assertThat(client.next("data: ")).contains("\"code\":\"unknown_position\"", "\"message\":");
                record(1);
                assertThat(client.next("id: ")).isEqualTo(id(6));
            }
        }

        @Test
        void an_id_of_another_timeline_is_reset() throws IOException {
            record(5);
            try (var client = new Client("", "3-" + StreamId.markOf("install/before the restore"))) {
                assertThat(client.next("id: ")).isEqualTo(id(5));
                assertThat(client.next("event: ")).isEqualTo("reset");
                assertThat(client.next("data: ")).contains("\"code\":\"other_timeline\"");
            }
        }

        @Test
        void streams_end_when_the_timeline_turns_out_to_have_changed() throws IOException {
            try (var before = new Client("", null)) {
                before.next("id: ");
                facts.timeline = "install/second";
                try (var after = new Client("", null)) {
                    assertThat(after.next("id: ")).isEqualTo("0-" + StreamId.markOf("install/second"));
                }
                assertThat(before.next("event: ")).isEqualTo("end");
                assertThat(before.next("data: ")).contains("\"code\":\"other_timeline\"", "\"after\":\"0-" + MARK);
            }
        }
    }

    @Nested
    class Topics {
        @Test
        void narrow_the_stream_and_the_id_moves_on_over_what_they_leave_out() throws IOException {
            try (var client = new Client("?kind=image&after=0", null)) {
                record(300);
                facts.record(new ImageRevised(Things.IMAGE, Things.dockerfile("FROM scratch"), 2, 2));
                assertThat(client.next("event: ")).isEqualTo("fact");
                assertThat(client.next("data: ")).contains("\"position\":301");
                record(7);
                // A block that has no data.
                assertThat(client.next("id: ")).isEqualTo(id(308));
                assertThat(client.lines.readLine()).isEmpty();
            }
        }

        @Test
        void of_several_readers_are_each_followed() throws IOException {
            try (var all = new Client("?after=0", null);
                    var created = new Client("?type=workspace.created,image.revised&after=0", null);
                    var other = new Client("?resource=" + Things.workspace(2).value() + "&after=0", null);
                    var nobodys = new Client("?actor=auto-stop&after=0", null)) {
                record(2);
                facts.record(CREATED);
                facts.record(Things.created(Things.workspace(2), Desired.RUNNING));
                assertThat(all.ids(4)).isEqualTo(ids(1, 4));
                assertThat(created.ids(2)).isEqualTo(ids(3, 2));
                assertThat(other.next("data: ")).contains("\"position\":4");
                assertThat(nobodys.next("id: ")).isEqualTo(id(4));
            }
        }
    }

    @Nested
    class ASlowReader {
        @Test
        void that_takes_nothing_is_not_read_ahead_for() throws IOException {
            int count = 300;
            recordLarge(count);
            try (var client = new Client("?after=0", null)) {
                awaitStandstill();
                // Reactor Netty alone would have asked for 64 chunks.
                assertThat(facts.asked.get()).isLessThan(40);
                assertThat(feed().waitingBytes()).isBetween(1L, 200_000L);
                assertThat(client.ids(count)).isEqualTo(ids(1, count));
                client.next("data: ");
                await().untilAsserted(() -> assertThat(feed().waitingBytes()).isZero());
            }
        }

        @Test
        void that_takes_nothing_for_long_is_cut_and_counted() throws IOException {
            restart(HASTY);
            recordLarge(100);
            try (var _ = new Client("?after=0", null)) {
                await().untilAsserted(() -> assertThat(feed().cut("too_slow")).isEqualTo(1));
                await().untilAsserted(() -> assertThat(feed().subscribers()).isZero());
                await().untilAsserted(() -> assertThat(feed().waitingBytes()).isZero());
            }
        }

        @Test
        void that_is_cut_is_told_why_where_it_takes_that_much() throws IOException {
            restart(HASTY);
            recordLarge(30);
            try (var client = new Client("?after=0", null)) {
                await().untilAsserted(() -> assertThat(feed().cut("too_slow")).isEqualTo(1));
                // It wakes up within the second that it has for the last word.
                while (!client.next("event: ").equals("end")) {
                    client.next("data: ");
                }
                assertThat(client.next("data: ")).contains("\"code\":\"too_slow\"", "\"after\":\"");
            }
        }

        @Test
        void that_takes_a_little_now_and_then_only_lags() throws IOException, InterruptedException {
            restart(HASTY);
            int count = 40;
            recordLarge(count);
            try (var client = new Client("?after=0", null)) {
                var buffer = new char[8_192];
                long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
                long taken = 0;
                while (System.nanoTime() < until) {
                    taken += client.lines.read(buffer);
                    Thread.sleep(20);
                }
                assertThat(taken).isLessThan(count * 50_000L);
                assertThat(feed().cut("too_slow")).isZero();
                assertThat(feed().subscribers()).isEqualTo(1);
            }
        }

        @Test
        void holds_up_nobody_else() throws IOException {
            recordLarge(100);
            try (var _ = new Client("?after=0", null);
                    var brisk = new Client("", null)) {
                awaitStandstill();
                record(10);
                assertThat(brisk.ids(11)).isEqualTo(ids(100, 11));
            }
        }

        /** It has stopped when it does not move between two looks. */
        private void awaitStandstill() {
            await().until(() -> feed().waitingBytes() > 0);
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                long before = facts.asked.get();
                Thread.sleep(250);
                return facts.asked.get() == before;
            });
        }
    }

    @Nested
    class TheConnection {
        @Test
        void is_kept_alive_where_there_is_nothing_to_tell() throws IOException {
            restart(HASTY);
            try (var client = new Client("", null)) {
                client.next("id: ");
                assertThat(client.next(":")).isEmpty();
                assertThat(client.next(":")).isEmpty();
            }
        }

        @Test
        void is_held_back_by_no_cache_and_no_proxy() throws IOException {
            try (var client = new Client("", null)) {
                assertThat(client.next("X-Accel-Buffering: ")).isEqualTo("no");
            }
            try (var client = new Client("", null)) {
                assertThat(client.next("Cache-Control: ")).isEqualTo("no-store");
            }
        }

        @Test
        void of_a_reader_that_goes_away_is_forgotten() throws IOException {
            try (var client = new Client("", null)) {
                client.next("id: ");
                await().untilAsserted(() -> assertThat(feed().subscribers()).isEqualTo(1));
            }
            await().untilAsserted(() -> assertThat(feed().subscribers()).isZero());
        }

        @Test
        void ends_cleanly_when_the_server_stops_with_advice_when_to_dial_again() throws IOException {
            try (var client = new Client("", null)) {
                client.next("id: ");
                await().untilAsserted(() -> assertThat(feed().subscribers()).isEqualTo(1));
                feed().stop();
                assertThat(Integer.parseInt(client.next("retry: "))).isBetween(1_000, 3_000);
                assertThat(client.next("event: ")).isEqualTo("end");
                assertThat(client.next("data: "))
                        .contains("\"code\":\"server_stopping\"", "\"after\":\"" + id(0) + "\"", "\"retryMillis\":");
                // The last chunk of a chunked answer.
                assertThat(client.next("0")).isEmpty();
            }
        }

        @Test
        void is_refused_where_there_are_too_many() throws IOException {
            restart(HASTY);
            try (var first = new Client("", null);
                    var second = new Client("", null);
                    var third = new Client("", null)) {
                first.next("id: ");
                second.next("id: ");
                third.next("id: ");
                await().untilAsserted(() -> assertThat(feed().subscribers()).isEqualTo(3));
                try (var fourth = new Client("", null)) {
                    assertThat(fourth.next("HTTP/1.1 ")).startsWith("5");
                }
            }
        }
    }
}
