package dev.trailer.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's HTTP as a client with one credential uses it. Any thread. */
public record Api(URI server, @Nullable String bearer) {
    /** Longer than the longest poll. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** What was answered. */
    public record Reply(int status, byte[] body) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String text(String pointer) {
            return json().at(pointer).asString("");
        }

        public <T> T as(Class<T> type) {
            return JSON.readValue(body, type);
        }
    }

    public Api as(@Nullable String otherBearer) {
        return new Api(server, otherBearer);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, @Nullable String json) {
        return send("POST", path, json);
    }

    /** @throws IllegalStateException with the answer, if it is not one of success: then there is nothing to measure */
    public Reply send(String method, String path, @Nullable String json) {
        var reply = ask(method, path, json);
        if (reply.status >= 300) {
            throw new IllegalStateException(
                    method + " " + path + " -> " + reply.status + " " + new String(reply.body, StandardCharsets.UTF_8));
        }
        return reply;
    }

    /** Whatever is answered: a view may not have it yet. */
    public Reply find(String path) {
        return ask("GET", path, null);
    }

    private Reply ask(String method, String path, @Nullable String json) {
        var request =
                request(path).method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is answered, as it comes; to be closed. */
    public InputStream open(String path) throws IOException {
        try {
            return CLIENT.send(request(path).build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request;
    }
}
