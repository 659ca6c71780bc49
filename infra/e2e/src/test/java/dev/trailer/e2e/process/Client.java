package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server's HTTP as one with a bearer token, or none, uses it. Never throws for a server that is not there. Any thread. */
public final class Client {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final URI server;
    private final @Nullable String bearer;
    private final Duration patience;

    /** @param patience after which a request counts as not answered */
    public Client(URI server, @Nullable String bearer, Duration patience) {
        this.server = server;
        this.bearer = bearer;
        this.patience = patience;
    }

    /** The same server, another credential. */
    public Client as(@Nullable String otherBearer) {
        return new Client(server, otherBearer, patience);
    }

    public URI server() {
        return server;
    }

    public Answer get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    /** @param json null for no body */
    public Answer post(String path, @Nullable String json, String... headers) {
        return ask("POST", path, json, headers);
    }

    /** @param headers names and values in turn */
    public Answer ask(String method, String path, @Nullable String body, String... headers) {
        long start = System.nanoTime();
        var request = method + " " + path;
        try {
            var response = HTTP.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
            return new Answer(request, response.statusCode(), response.headers(), response.body(), since(start));
        } catch (IOException e) {
            return Answer.none(request, e, since(start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none(request, e, since(start));
        }
    }

    /** The live stream, open; close its body. */
    public HttpResponse<InputStream> stream(String path, String... headers) throws IOException, InterruptedException {
        return HTTP.send(request("GET", path, null, headers), BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(patience);
        request.method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (body != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
