package dev.trailer.agent.service.server;

import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.agent.protocol.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the agents' protocol. Every call has a time limit and throws {@link ServerException} for whatever is not the
 * answer that was asked for. Safe for many threads.
 */
public final class ServerClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final URI server;
    private final HttpClient http;
    private final JsonMapper json = mapper();

    /** @param trust whose certificates are taken for the server's, where it is spoken to by {@code https} */
    public ServerClient(URI server, Trust trust) {
        this.server = server;
        // Redirects are not followed: the secret would go wherever some answer says. Of HTTP/2 an agent with two calls
        // at a time has
        // nothing but the weight of its classes, and one connection whose silent death would hold both.
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
        var context = "https".equalsIgnoreCase(server.getScheme()) ? trust.context() : Trust.ofNobody();
        http = (context == null ? builder : builder.sslContext(context)).build();
    }

    /** Fields of a newer server are ignored; so is everything else that we do not know. */
    static JsonMapper mapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    Enrolment.Answer enrol(Enrolment.Request request) throws InterruptedException {
        return require(post(Paths.ENROL, null, request, Enrolment.Answer.class));
    }

    Session open(String secret, SessionOpening.Request request) throws InterruptedException {
        SessionOpening.Answer answer = require(post(Paths.SESSION, secret, request, SessionOpening.Answer.class));
        // The first heartbeat follows at once and is answered with the pace.
        return new Session(answer.epoch(), answer.token());
    }

    /** @return what is desired after the revision; empty if nothing changed while the server waited */
    Optional<DesiredState> desired(Session session, long after, String timeline, Duration wait)
            throws InterruptedException {
        String query = "?after=" + after + "&timeline=" + encoded(timeline) + "&waitMillis=" + wait.toMillis();
        return send(
                request(Paths.DESIRED + query, session.token())
                        .timeout(wait.plus(ANSWER))
                        .GET(),
                DesiredState.class);
    }

    public Heartbeat.Answer heartbeat(Session session, Heartbeat heartbeat) throws InterruptedException {
        return require(post(Paths.HEARTBEAT, session.token(), heartbeat, Heartbeat.Answer.class));
    }

    public void attempts(Session session, AttemptReport report) throws InterruptedException {
        post(Paths.ATTEMPTS, session.token(), report, Void.class);
    }

    public ImageDefinition image(Session session, ImageRef image) throws InterruptedException {
        String path = Paths.IMAGES + "/" + encoded(image.id()) + "/" + image.version();
        return require(send(request(path, session.token()).GET(), ImageDefinition.class));
    }

    /** All that a workspace of this host names. */
    public SecretValues secrets(Session session, String workspace) throws InterruptedException {
        String path = Paths.WORKSPACE_SECRETS + "/" + encoded(workspace);
        return require(send(request(path, session.token()).GET(), SecretValues.class));
    }

    /** What the registry of an image asks for. */
    public SecretValues secrets(Session session, ImageRef image) throws InterruptedException {
        String path = Paths.IMAGE_SECRETS + "/" + encoded(image.id()) + "/" + image.version();
        return require(send(request(path, session.token()).GET(), SecretValues.class));
    }

    /** @return what to send and to receive; none if there was nothing to do while the server waited */
    public Transfer.Orders transfers(Session session, Duration wait) throws InterruptedException {
        return send(
                        request(Paths.TRANSFERS + "?waitMillis=" + wait.toMillis(), session.token())
                                .timeout(wait.plus(ANSWER))
                                .GET(),
                        Transfer.Orders.class)
                .orElse(new Transfer.Orders(List.of()));
    }

    /** Sends a sealed stream; the server takes it at its own pace. */
    public void send(Session session, String transfer, InputStream sealed) throws InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(Paths.TRANSFERS + "/" + encoded(transfer)))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> sealed))
                .build();
        requireDone(exchange(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** @return a sealed stream; to be closed */
    public InputStream receive(Session session, String transfer) throws InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(Paths.TRANSFERS + "/" + encoded(transfer)))
                .header("Authorization", "Bearer " + session.token())
                .timeout(ANSWER)
                .GET()
                .build();
        HttpResponse<InputStream> response = exchange(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw refusal(response.statusCode(), body.readAllBytes());
        } catch (IOException e) {
            throw refusal(response.statusCode(), new byte[0]);
        }
    }

    /** What a volume held is about to be replaced by what is received. */
    public void begins(Session session, String transfer) throws InterruptedException {
        var request = request(Paths.TRANSFERS + "/" + encoded(transfer) + "/begin", session.token())
                .POST(HttpRequest.BodyPublishers.noBody());
        requireDone(exchange(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    public void ended(Session session, String transfer, Transfer.Result result) throws InterruptedException {
        var request = posting(Paths.TRANSFERS + "/" + encoded(transfer) + "/result", session.token(), result);
        requireDone(exchange(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    private void requireDone(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), response.body());
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new ServerException(ServerException.UNREACHABLE, "", Unreachable.words(server.getAuthority(), e));
        }
    }

    private <T> Optional<T> post(String path, @Nullable String bearer, Object body, Class<T> answer)
            throws InterruptedException {
        return send(posting(path, bearer, body), answer);
    }

    private HttpRequest.Builder posting(String path, @Nullable String bearer, Object body) {
        return request(path, bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path, @Nullable String bearer) {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private <T> Optional<T> send(HttpRequest.Builder request, Class<T> answer) throws InterruptedException {
        HttpResponse<byte[]> response = exchange(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 204) {
            return Optional.empty();
        }
        requireDone(response);
        try {
            return Optional.of(json.readValue(response.body(), answer));
        } catch (JacksonException e) {
            throw new ServerException(
                    ServerException.UNREACHABLE, "", "the server's answer cannot be read: " + e.getOriginalMessage());
        }
    }

    private ServerException refusal(int status, byte[] body) {
        if (status / 100 == 3) {
            return new ServerException(
                    status,
                    "",
                    "the server answered " + status
                            + ", a redirect; none is followed, so --server must be its own address");
        }
        String code = "";
        String detail = "";
        try {
            var problem = json.readTree(body);
            code = problem.path("code").asString("");
            detail = problem.path("detail").asString(problem.path("title").asString(""));
        } catch (JacksonException e) {
            // Not a problem document (a proxy's page, say): the status must do.
            detail = "";
        }
        return new ServerException(
                status,
                code,
                "the server answered " + status + (code.isEmpty() ? "" : " " + code)
                        + (detail.isEmpty() ? "" : ": " + detail));
    }

    private static <T> T require(Optional<T> answer) {
        return answer.orElseThrow(
                () -> new ServerException(ServerException.UNREACHABLE, "", "the server's answer was empty"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
