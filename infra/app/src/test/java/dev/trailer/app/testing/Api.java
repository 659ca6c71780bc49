package dev.trailer.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The server's HTTP, as a client with one credential, or none, uses it. Any thread. */
public final class Api {
    /** Longer than the longest poll that a test makes. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final URI server;
    private final @Nullable String bearer;

    public Api(URI server, @Nullable String bearer) {
        this.server = server;
        this.bearer = bearer;
    }

    /** The same server, another credential. */
    public Api as(@Nullable String otherBearer) {
        return new Api(server, otherBearer);
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** @param json null for no body */
    public Reply post(String path, @Nullable String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Reply patch(String path, String json, String... headers) {
        return send("PATCH", path, json, withType(headers, "application/merge-patch+json"));
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Reply send(String method, String path, @Nullable String body, String... headers) {
        return sendBytes(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param headers names and values in turn; a body is JSON unless they say otherwise */
    public Reply sendBytes(String method, String path, byte @Nullable [] body, String... headers) {
        var all = body == null ? headers : withType(headers, "application/json");
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        try {
            var request = request(path, all).method(method, publisher).build();
            return Reply.of(method + " " + path, CLIENT.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request;
    }

    private static String[] withType(String[] headers, String type) {
        if (List.of(headers).contains("Content-Type")) {
            return headers;
        }
        var more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = "Content-Type";
        more[headers.length + 1] = type;
        return more;
    }
}
