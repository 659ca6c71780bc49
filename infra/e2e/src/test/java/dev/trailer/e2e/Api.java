package dev.trailer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as a script uses it: a bearer token, and each read at least as new as the last write. */
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** An answer, whatever its status. */
    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    private final URI base;
    private final @Nullable String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private volatile String position = "0";

    /** @param token null for one who is nobody */
    Api(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) {
        return expect(2, ask("GET", path, null), "GET " + path);
    }

    JsonNode post(String path, String body) {
        return expect(2, ask("POST", path, body), "POST " + path);
    }

    JsonNode patch(String path, String body) {
        return expect(2, ask("PATCH", path, body), "PATCH " + path);
    }

    JsonNode delete(String path) {
        return expect(2, ask("DELETE", path, null), "DELETE " + path);
    }

    /** The entries of a list; none of ours has more than a page. */
    List<JsonNode> items(String path) {
        return stream(get(path).path("items"));
    }

    static List<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    Answer ask(String method, String path, @Nullable String body) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("GET")) {
            request.header("Trailer-Position", position);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().firstValue("Trailer-Position").ifPresent(written -> position = written);
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode expect(int hundreds, Answer answer, String asked) {
        if (answer.status() / 100 != hundreds) {
            throw new AssertionError(asked + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.text().isEmpty() ? JSON.nullNode() : answer.json();
    }

    @Override
    public void close() {
        client.close();
    }
}
