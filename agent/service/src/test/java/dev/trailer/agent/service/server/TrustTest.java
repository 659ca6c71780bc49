package dev.trailer.agent.service.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.service.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which servers an agent speaks to, over real TLS. */
class TrustTest {
    private static Path directory;
    private static TestAuthority ours;
    private static SSLContext server;

    @BeforeAll
    static void make(@TempDir Path fresh) throws IOException {
        directory = fresh;
        ours = TestAuthority.in(directory, "ours");
        server = ours.server("dns:localhost");
    }

    private static Enrolment.Answer enrol(URI uri, Trust trust) throws InterruptedException {
        try (var client = new ServerClient(uri, trust)) {
            return client.enrol(new Enrolment.Request(TestServer.TOKEN, "hash"));
        }
    }

    private static String refusal(URI uri, Trust trust) {
        return assertThatThrownBy(() -> enrol(uri, trust))
                .isInstanceOf(ServerException.class)
                .actual()
                .toString();
    }

    @Nested
    class A_server_is_spoken_to {
        @Test
        void if_a_given_authority_vouches_for_it() throws Exception {
            try (var listening = new TestServer("install", "host-1", server)) {
                assertThat(enrol(listening.uri(), Trust.andOf(ours.pem())).host())
                        .isEqualTo("host-1");
            }
        }
    }

    @Nested
    class A_server_is_refused_with_the_reason {
        @Test
        void if_nobody_known_vouches_for_it() throws IOException {
            var others = Trust.andOf(TestAuthority.in(directory, "others").pem());
            try (var listening = new TestServer("install", "host-1", server)) {
                for (Trust trust : new Trust[] {Trust.OF_JAVA, others}) {
                    assertThat(refusal(listening.uri(), trust))
                            .contains("localhost:" + listening.uri().getPort())
                            .contains("signed by nobody that this host trusts")
                            .contains("--ca-file");
                }
                assertThat(listening.enrolments()).isZero();
            }
        }

        @Test
        void if_its_certificate_is_for_another_name() throws IOException {
            var trust = Trust.andOf(ours.pem());
            try (var listening = new TestServer("install", "host-1", ours.server("dns:elsewhere.example"))) {
                assertThat(refusal(listening.uri(), trust))
                        .contains("its certificate is another host's")
                        .contains("localhost");
                assertThat(listening.enrolments()).isZero();
            }
        }

        @Test
        void if_its_certificate_has_expired() throws IOException {
            var expired = ours.server("dns:localhost", "-startdate", "-10d", "-validity", "5");
            try (var listening = new TestServer("install", "host-1", expired)) {
                assertThat(refusal(listening.uri(), Trust.andOf(ours.pem()))).contains("has expired");
            }
        }

        @Test
        void if_it_speaks_no_tls() throws IOException {
            try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var _ = Thread.ofVirtual().start(() -> refuseAsPlainHttpDoes(plain));
                var uri = URI.create("https://localhost:" + plain.getLocalPort());
                assertThat(refusal(uri, Trust.OF_JAVA)).contains("does not speak TLS there");
            }
        }

        private static void refuseAsPlainHttpDoes(ServerSocket plain) {
            try (var caller = plain.accept()) {
                caller.getInputStream().read();
                caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                caller.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The caller has seen enough.
            }
        }

        @Test
        void if_it_is_not_there() throws IOException {
            var listening = new TestServer("install", "host-1");
            listening.close();
            assertThat(refusal(listening.uri(), Trust.OF_JAVA)).contains("nothing listens there");
            assertThat(refusal(URI.create("http://nobody.invalid"), Trust.OF_JAVA))
                    .contains("there is no host of that name");
        }

        @Test
        void if_it_sends_elsewhere_and_elsewhere_hears_nothing() throws IOException {
            var heard = new AtomicInteger();
            var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            elsewhere.createContext("/", exchange -> {
                heard.incrementAndGet();
                exchange.close();
            });
            elsewhere.start();
            var redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            redirecting.createContext("/", exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://localhost:" + elsewhere.getAddress().getPort() + "/");
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });
            redirecting.start();
            try {
                var uri = URI.create(
                        "http://localhost:" + redirecting.getAddress().getPort());
                assertThat(refusal(uri, Trust.OF_JAVA)).contains("a redirect; none is followed");
                assertThat(heard).hasValue(0);
            } finally {
                redirecting.stop(0);
                elsewhere.stop(0);
            }
        }
    }

    @Nested
    class A_file_of_authorities {
        private Path file(String text) throws IOException {
            return Files.writeString(directory.resolve("given.pem"), text);
        }

        @Test
        void may_hold_several() throws Exception {
            var both =
                    file(Files.readString(TestAuthority.in(directory, "another").pem()) + Files.readString(ours.pem()));
            try (var listening = new TestServer("install", "host-1", server)) {
                assertThat(enrol(listening.uri(), Trust.andOf(both)).host()).isEqualTo("host-1");
            }
        }

        @Test
        void is_refused_if_it_is_anything_else() throws IOException {
            var missing = directory.resolve("missing.pem");
            assertThatThrownBy(() -> Trust.andOf(missing)).hasMessageContaining("no such file");
            var empty = file("");
            assertThatThrownBy(() -> Trust.andOf(empty)).hasMessageContaining("no certificate");
            var words = file("-----BEGIN CERTIFICATE-----\nhello\n-----END CERTIFICATE-----\n");
            assertThatThrownBy(() -> Trust.andOf(words)).hasMessageContaining("no PEM file of certificates");
            var large = file("x".repeat(2 << 20));
            assertThatThrownBy(() -> Trust.andOf(large)).hasMessageContaining("larger than");
        }
    }
}
