package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an engine that answers as it is told to, over a real Unix socket. */
class EngineTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private final CountDownLatch hangUp = new CountDownLatch(1);
    private Path socket;
    private @Nullable ServerSocketChannel listening;

    @BeforeEach
    void place(@TempDir Path directory) {
        socket = directory.resolve("s");
    }

    @AfterEach
    void end() throws IOException {
        hangUp.countDown();
        if (listening != null) {
            listening.close();
        }
    }

    private interface Engine {
        void speak(InputStream in, OutputStream out) throws Exception;
    }

    private EngineTransport onUnix(Engine engine) throws IOException {
        listen(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(socket), engine);
        return new EngineTransport(new EngineAddress.Unix(socket), PATIENCE, 24);
    }

    private SocketAddress listen(StandardProtocolFamily family, SocketAddress address, Engine engine)
            throws IOException {
        var server = ServerSocketChannel.open(family);
        listening = server;
        server.bind(address);
        Thread.ofVirtual().start(() -> {
            try (var caller = server.accept()) {
                engine.speak(Channels.newInputStream(caller), Channels.newOutputStream(caller));
            } catch (Exception e) {
                heard.completeExceptionally(e);
            }
        });
        return server.getLocalAddress();
    }

    /** Reads one request's head, answers the text, and hangs up when told. */
    private Engine answering(String... pieces) {
        return (in, out) -> {
            heard.complete(head(in));
            for (var piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
            }
            hangUp.await();
        };
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static Request.Builder get(String path) {
        return Request.builder().method(Method.GET).path(path);
    }

    private static String body(EngineTransport transport, Request request) throws IOException {
        try (var response = transport.execute(request)) {
            return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Nested
    class An_answer {
        @Test
        void of_a_told_length_ends_there_though_the_connection_does_not() throws Exception {
            var transport = onUnix(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more"));
            assertThat(body(transport, get("/v1.41/info").build())).isEqualTo("hello");
            assertThat(heard.get()).startsWith("GET /v1.41/info HTTP/1.1\r\n").contains("Connection: close\r\n");
        }

        @Test
        void in_pieces_is_put_together() throws Exception {
            var transport = onUnix(answering(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
                    "3\r\nhel\r\n",
                    "A;note=x\r\nlo, engine\r\n",
                    "0\r\nTrailer: x\r\n\r\n"));
            assertThat(body(transport, get("/").build())).isEqualTo("hello, engine");
        }

        @Test
        void without_a_length_ends_with_the_connection() throws Exception {
            hangUp.countDown();
            var transport = onUnix(answering("HTTP/1.1 200 OK\r\n\r\nhello"));
            assertThat(body(transport, get("/").build())).isEqualTo("hello");
        }

        @Test
        void without_a_body_has_none_though_the_connection_stays() throws Exception {
            var transport = onUnix(answering("HTTP/1.1 304 Not Modified\r\n\r\n"));
            try (var response = transport.execute(get("/").build())) {
                assertThat(response.getStatusCode()).isEqualTo(304);
                assertThat(response.getBody().read()).isEqualTo(-1);
            }
        }

        @Test
        void has_headers_whose_case_does_not_matter() throws Exception {
            var transport = onUnix(answering("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\ncontent-length: 0\r\n\r\n"));
            try (var response = transport.execute(get("/").build())) {
                assertThat(response.getHeaders().get("api-version")).isEqualTo(List.of("1.41"));
            }
        }

        @Test
        void that_breaks_off_is_an_error_and_no_end() throws Exception {
            hangUp.countDown();
            var transport = onUnix(answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"));
            assertThatThrownBy(() -> body(transport, get("/").build())).isInstanceOf(EOFException.class);
        }

        @Test
        void that_is_none_is_an_error() throws Exception {
            var transport = onUnix(answering("220 mail.example ESMTP\r\n"));
            assertThatThrownBy(() -> body(transport, get("/").build()))
                    .hasRootCauseMessage("what answers there does not speak HTTP");
        }
    }

    @Nested
    class An_engine {
        @Test
        void that_says_nothing_is_waited_for_as_long_as_allowed() throws Exception {
            var transport = onUnix(answering());
            assertThatThrownBy(() -> Bounded.within(SHORT, () -> body(transport, get("/").build())))
                    .isInstanceOf(SocketTimeoutException.class);
        }

        @Test
        void that_falls_silent_in_the_middle_is_waited_for_as_long_as_allowed() throws Exception {
            var transport = onUnix(answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"));
            assertThatThrownBy(() -> Bounded.within(SHORT, () -> body(transport, get("/").build())))
                    .isInstanceOf(SocketTimeoutException.class);
        }

        @Test
        void that_is_not_there_is_told_at_once() {
            var transport = new EngineTransport(new EngineAddress.Unix(socket), PATIENCE, 24);
            assertThatThrownBy(() -> body(transport, get("/").build())).hasCauseInstanceOf(IOException.class);
        }

        @Test
        void that_is_asked_by_too_many_at_once_is_not_waited_for_for_ever() throws Exception {
            listen(
                    StandardProtocolFamily.UNIX,
                    UnixDomainSocketAddress.of(socket),
                    answering("HTTP/1.1 200 OK\r\n\r\n"));
            var transport = new EngineTransport(new EngineAddress.Unix(socket), SHORT, 1);
            try (var first = transport.execute(get("/").build())) {
                assertThat(first.getStatusCode()).isEqualTo(200);
                assertThatThrownBy(() -> body(transport, get("/").build()))
                        .hasCauseInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void that_was_given_up_on_may_be_asked_again() throws Exception {
            listen(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(socket), answering());
            var transport = new EngineTransport(new EngineAddress.Unix(socket), PATIENCE, 1);
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(() -> Bounded.within(SHORT, () -> body(transport, get("/").build())))
                        .isInstanceOf(SocketTimeoutException.class);
                await().atMost(PATIENCE).until(() -> transport.free() == 1);
            }
        }

        @Test
        void may_listen_on_tcp() throws Exception {
            var address = (InetSocketAddress) listen(
                    StandardProtocolFamily.INET,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
            var transport =
                    new EngineTransport(EngineAddress.of("tcp://127.0.0.1:" + address.getPort(), null), PATIENCE, 24);
            assertThat(body(transport, get("/").build())).isEqualTo("hello");
        }
    }

    @Nested
    class A_request {
        @Test
        void carries_bytes_with_their_length() throws Exception {
            var transport = onUnix((in, out) -> {
                var head = head(in);
                heard.complete(head + new String(in.readNBytes(4), StandardCharsets.UTF_8));
                out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            });
            var request = Request.builder()
                    .method(Method.POST)
                    .path("/x")
                    .bodyBytes("body".getBytes(StandardCharsets.UTF_8))
                    .build();
            assertThat(body(transport, request)).isEmpty();
            assertThat(heard.get()).contains("Content-Length: 4\r\n").endsWith("\r\n\r\nbody");
        }

        @Test
        void carries_a_stream_in_pieces() throws Exception {
            var long_ = "x".repeat(20_000);
            var transport = onUnix((in, out) -> {
                head(in);
                heard.complete(new String(new ChunkedBody(in).readAllBytes(), StandardCharsets.UTF_8));
                out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            });
            var request = Request.builder()
                    .method(Method.PUT)
                    .path("/x")
                    .body(new ByteArrayInputStream(long_.getBytes(StandardCharsets.UTF_8)))
                    .build();
            assertThat(body(transport, request)).isEmpty();
            assertThat(heard.get()).isEqualTo(long_);
        }

        @Test
        void may_take_the_connection_over_and_is_heard_until_it_ends() throws Exception {
            var transport = onUnix((in, out) -> {
                var head = head(in);
                out.write("HTTP/1.1 101 UPGRADED\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                var typed = in.readAllBytes();
                out.write(typed);
                heard.complete(head);
            });
            var request = Request.builder()
                    .method(Method.POST)
                    .path("/exec/x/start")
                    .hijackedInput(new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8)))
                    .build();
            assertThat(body(transport, request)).isEqualTo("typed");
            assertThat(heard.get(30, TimeUnit.SECONDS))
                    .contains("Connection: Upgrade\r\n")
                    .contains("Upgrade: tcp\r\n");
        }

        @Test
        void with_a_header_of_several_lines_is_refused() throws Exception {
            var transport = onUnix(answering());
            var request =
                    get("/").putHeader("X-Registry-Auth", "a\r\nHost: other").build();
            assertThatThrownBy(() -> transport.execute(request)).isInstanceOf(EngineException.class);
        }
    }
}
