package dev.trailer.e2e.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * An engine as anybody sees it, by its socket, without the library that the agent uses: HTTP 1.0, where the answer ends
 * with the connection. Any thread.
 */
public final class EngineApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHUNK = 64 << 10;

    private final Path socket;

    public EngineApi(Path socket) {
        this.socket = socket;
    }

    /** That of this machine, as {@code DOCKER_HOST} or else Docker's custom says. */
    public static EngineApi ofThisMachine() {
        var host = System.getenv("DOCKER_HOST");
        if (host != null && !host.startsWith("unix://")) {
            throw new IllegalStateException("DOCKER_HOST=" + host + ": these tests speak to unix sockets only");
        }
        return new EngineApi(Path.of(host == null ? "/var/run/docker.sock" : host.substring("unix://".length())));
    }

    /** As {@code DOCKER_HOST} names it. */
    public String host() {
        return "unix://" + socket;
    }

    /** @param body what came, once the headers are off */
    public record Reply(int status, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Answer.JSON.readTree(body);
        }
    }

    public boolean answers() {
        try {
            return ask("GET", "/_ping", new byte[0], "text/plain", Duration.ofSeconds(3)).status == 200;
        } catch (AssertionError e) {
            return false;
        }
    }

    // ---- what it has ----

    /** Ended ones too. */
    public List<JsonNode> containers(String label, String value) {
        return list(get("/containers/json?all=true&filters=" + labelled(label, value)));
    }

    public List<JsonNode> networks(String label, String value) {
        return list(get("/networks?filters=" + labelled(label, value)));
    }

    public List<JsonNode> volumes(String label, String value) {
        return list(get("/volumes?filters=" + labelled(label, value)).path("Volumes"));
    }

    public List<JsonNode> images(String label, String value) {
        return list(get("/images/json?filters=" + labelled(label, value)));
    }

    public JsonNode get(String path) {
        return expect("GET", path, ask("GET", path)).json();
    }

    // ---- what is done to it ----

    /** {@code docker exec}, as the container's user; what the command said. Fails if it does. */
    public String exec(String container, String... command) {
        // A terminal, so that the answer is what was said and not a stream of frames.
        var asked = Map.of("AttachStdout", true, "AttachStderr", true, "Tty", true, "Cmd", List.of(command));
        var id = post("/containers/" + container + "/exec", asked)
                .json()
                .path("Id")
                .asString();
        var said = post("/exec/" + id + "/start", Map.of("Detach", false, "Tty", true))
                .text()
                .replace("\r\n", "\n")
                .strip();
        int status = get("/exec/" + id + "/json").path("ExitCode").asInt(-1);
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + status + ": " + said);
        }
        return said;
    }

    public Reply post(String path, Object body) {
        return expect("POST", path, ask("POST", path, Answer.JSON.writeValueAsBytes(body), "application/json"));
    }

    public Reply post(String path) {
        return expect("POST", path, ask("POST", path));
    }

    /** @param tar with a Dockerfile at its top */
    public void build(String tag, byte[] tar) {
        var said = expect("POST", "build", ask("POST", "/build?rm=true&t=" + tag, tar, "application/x-tar"))
                .text();
        if (said.contains("errorDetail")) {
            throw new AssertionError("cannot build " + tag + ": " + said);
        }
    }

    /** Whatever it is; gone already is fine. */
    public void remove(String path) {
        var reply = ask("DELETE", path);
        if (reply.status != 404) {
            expect("DELETE", path, reply);
        }
    }

    private Reply ask(String method, String path) {
        return ask(method, path, new byte[0], "application/json");
    }

    private Reply ask(String method, String path, byte[] body, String type) {
        return ask(method, path, body, type, PATIENCE);
    }

    private Reply ask(String method, String path, byte[] body, String type, Duration patience) {
        var head = method + " " + path + " HTTP/1.0\r\nHost: engine\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        // Where a channel knows no time limit, its closing is one.
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var exchange =
                    CompletableFuture.supplyAsync(() -> exchange(channel, head, body), Thread::startVirtualThread);
            return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the engine does not answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Reply exchange(SocketChannel channel, String head, byte[] body) {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            for (byte[] part : List.of(head.getBytes(StandardCharsets.UTF_8), body)) {
                var bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            var answer = new ByteArrayOutputStream();
            var chunk = ByteBuffer.allocate(CHUNK);
            try {
                while (channel.read(chunk) >= 0) {
                    answer.write(chunk.array(), 0, chunk.position());
                    chunk.clear();
                }
            } catch (SocketException e) {
                // One that does not read all that it is sent resets the connection once it has answered.
                if (answer.size() == 0) {
                    throw e;
                }
            }
            return reply(answer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply reply(byte[] answer) {
        var text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP: " + text);
        }
        var body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Reply(Integer.parseInt(text.split(" ", 3)[1]), body);
    }

    private static Reply expect(String method, String path, Reply reply) {
        if (reply.status / 100 != 2) {
            throw new AssertionError(method + " " + path + " answered " + reply.status + ": " + reply.text());
        }
        return reply;
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    private static String labelled(String label, String value) {
        var json = Answer.JSON.writeValueAsString(Map.of("label", List.of(label + "=" + value)));
        return URLEncoder.encode(json, StandardCharsets.UTF_8);
    }
}
