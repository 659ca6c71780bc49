package dev.trailer.query.feed;

import static dev.trailer.query.Things.CREATED;
import static dev.trailer.query.Things.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.access.Role;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.name.Handle;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;

/** The stream over real sockets. */
class FeedTest {
    private static final Principal ADA = new Principal(Ledger.OWNER, new Handle("ada"), Role.ADMIN);

    private static final int SOCKET_BYTES = 16_384;

    private final FakeFacts facts = new FakeFacts();
    private final Feed feed = new Feed(facts, FactReaders.withNames(), facts);
    private final FeedReads reads = new FeedReads(feed);
    private final DisposableServer server = reactor.netty.http.server.HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .childOption(ChannelOption.SO_SNDBUF, SOCKET_BYTES)
            .handle(new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.webHandler(exchange -> reads.stream(ADA, exchange))
                            .build()))
            .bindNow();

    @AfterEach
    void stop() {
        feed.stop();
        server.disposeNow(Duration.ofSeconds(1));
    }

    /** A client that reads as little or as much as a test likes. */
    private final class Client implements AutoCloseable {
        final Socket socket;
        final BufferedReader lines;

        Client(String query, @Nullable String lastEventId) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(SOCKET_BYTES);
            socket.connect(server.address());
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

    @Test
    void without_a_position_it_begins_at_the_present_head() throws IOException {
        record(3);
        try (var client = new Client("", null)) {
            assertThat(client.next("id: ")).isEqualTo("3");
            facts.record(CREATED);
            assertThat(client.next("id: ")).isEqualTo("4");
            assertThat(client.next("event: ")).isEqualTo("fact");
            assertThat(client.next("data: "))
                    .contains("\"position\":4", "\"type\":\"workspace.created\"", "\"name\":\"api\"", "\"PT2H\"");
        }
    }

    @Test
    void it_goes_on_behind_a_position_with_nothing_missed_or_doubled() throws IOException {
        record(600);
        try (var client = new Client("?after=100", null)) {
            var ids = client.ids(500);
            assertThat(ids.getFirst()).isEqualTo("101");
            assertThat(ids.getLast()).isEqualTo("600");
            assertThat(ids).doesNotHaveDuplicates();
            record(1);
            assertThat(client.next("id: ")).isEqualTo("601");
        }
    }

    @Test
    void the_browsers_own_header_wins() throws IOException {
        record(5);
        try (var client = new Client("?after=1", "4")) {
            assertThat(client.next("id: ")).isEqualTo("5");
        }
    }

    @Test
    void a_position_ahead_of_the_ledger_is_reset_and_goes_on_from_the_head() throws IOException {
        record(5);
        try (var client = new Client("?after=6", null)) {
            assertThat(client.next("id: ")).isEqualTo("5");
            assertThat(client.next("event: ")).isEqualTo("reset");
            assertThat(client.next("data: ")).contains("\"code\":\"unknown_position\"", "\"message\":");
            record(1);
            assertThat(client.next("id: ")).isEqualTo("6");
        }
    }

    @Test
    void a_malformed_position_is_reset_too() throws IOException {
        for (var position : List.of("-1", "x", "99999999999999999999")) {
            try (var client = new Client("?after=" + position, null)) {
                assertThat(client.next("data: ")).contains("\"code\":\"malformed_position\"");
            }
        }
    }

    @Test
    void no_cache_and_no_proxy_holds_it_back() throws IOException {
        try (var client = new Client("", null)) {
            assertThat(client.next("X-Accel-Buffering: ")).isEqualTo("no");
        }
        try (var client = new Client("", null)) {
            assertThat(client.next("Cache-Control: ")).isEqualTo("no-store");
        }
    }

    @Test
    void a_reader_that_takes_nothing_is_not_read_ahead_for() throws IOException {
        // 15 MB of facts, to sockets that hold little.
        int count = 300;
        var text = "FROM scratch\n" + "# filler\n".repeat(5_500);
        for (int i = 0; i < count; i++) {
            facts.record(new ImageRevised(Things.IMAGE, Things.dockerfile(text), i + 2, i + 2));
        }
        try (var client = new Client("?after=0", null)) {
            await().until(() -> facts.asked.get() > 0);
            // It has stopped when it does not move between two looks.
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                long before = facts.asked.get();
                Thread.sleep(250);
                return facts.asked.get() == before;
            });
            // Reactor Netty alone would have asked for 64 chunks.
            assertThat(facts.asked.get()).isLessThan(40);
            var ids = client.ids(count);
            assertThat(ids.getLast()).isEqualTo(String.valueOf(count));
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_reader_that_goes_away_is_forgotten() throws IOException {
        try (var client = new Client("", null)) {
            client.next("id: ");
            assertThat(feed.subscribers()).isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(feed.subscribers()).isZero());
    }

    @Test
    void streams_end_cleanly_when_the_server_stops() throws IOException {
        try (var client = new Client("", null)) {
            client.next("id: ");
            feed.stop();
            // The last chunk of a chunked answer.
            assertThat(client.next("0")).isEmpty();
        }
    }
}
