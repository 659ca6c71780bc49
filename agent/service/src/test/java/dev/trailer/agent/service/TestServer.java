package dev.trailer.agent.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Pace;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's side of the protocol, small, with switches for what can go wrong. */
public final class TestServer implements AutoCloseable {
    public static final String TOKEN = "enrol-me";
    private static final Object NOTHING = new Object();
    final String install;
    final String host;
    private final @Nullable SSLContext tls;
    private final int port;
    private volatile HttpServer http;
    private final TestTransfers transfers = new TestTransfers();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, DesiredResource> desired = new LinkedHashMap<>();
    private final List<JsonNode> raw = new ArrayList<>();
    private final Map<ImageRef, ImageDefinition> images = new HashMap<>();
    private final Map<String, byte[]> secrets = new HashMap<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<AttemptReport> attemptReports = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private String token = TOKEN;
    private String enrolledHost;
    private @Nullable String boundHash;
    private @Nullable String secretHash;
    private String timeline = "t1";
    private long revision = 1;
    private long epoch;
    private int enrolments;
    private int lostAnswers;
    private int desiredAsked;
    private int secretsAsked;
    private long leaseMillis = 10_000;

    private volatile Duration slowness = Duration.ZERO;

    public TestServer(String install, String host) throws IOException {
        this(install, host, null);
    }

    /** @param tls by which it is spoken to; null for plain HTTP */
    public TestServer(String install, String host, @Nullable SSLContext tls) throws IOException {
        this.install = install;
        this.host = host;
        enrolledHost = host;
        this.tls = tls;
        http = listening(0);
        port = http.getAddress().getPort();
    }

    private HttpServer listening(int at) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), at);
        HttpServer listening;
        if (tls == null) {
            listening = HttpServer.create(address, 0);
        } else {
            var secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            listening = secure;
        }
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.createContext("/agent/v1/", this::handle);
        listening.start();
        return listening;
    }

    TestTransfers transfers() {
        return transfers;
    }

    /** Is not there any more: calls are cut off, new ones refused. It forgets nothing. */
    public void goAway() {
        http.stop(0);
    }

    /** Is there again, where it was. */
    public void comeBack() throws IOException {
        http = listening(port);
    }

    public URI uri() {
        return URI.create((tls == null ? "http" : "https") + "://localhost:" + port);
    }

    public synchronized void desire(DesiredResource... resources) {
        for (DesiredResource resource : resources) {
            if (resource instanceof DesiredResource.Forget forget) {
                desired.remove(forget.id());
            } else {
                desired.put(resource.id(), resource);
            }
        }
        revision++;
        notifyAll();
    }

    /** As JSON that no program of ours would write; besides what is desired otherwise. */
    synchronized void desireRaw(List<String> resources) {
        resources.forEach(resource -> raw.add(json.readTree(resource)));
        revision++;
        notifyAll();
    }

    /** Without a new revision. */
    synchronized void desireQuietly(DesiredResource resource) {
        desired.put(resource.id(), resource);
    }

    synchronized void define(ImageRef image, ImageDefinition definition) {
        images.put(image, definition);
    }

    /** As after a restore from a backup that knew nothing. */
    synchronized void restoreEmpty(String newTimeline) {
        desired.clear();
        timeline = newTimeline;
        revision = 1;
        notifyAll();
    }

    synchronized void setRevision(long lower) {
        revision = lower;
        notifyAll();
    }

    synchronized void loseNextEnrolmentAnswers(int count) {
        lostAnswers = count;
    }

    /** The next secret shown with this token takes the place of the one before. */
    synchronized void rotate(String nextToken) {
        token = nextToken;
        boundHash = null;
    }

    /** Nobody is let in until somebody has enrolled again. */
    synchronized void revoke() {
        secretHash = null;
        tokens.clear();
    }

    /** As if the token were another host's. */
    synchronized void enrolAs(String otherHost) {
        enrolledHost = otherHost;
    }

    synchronized void forgetSessions() {
        tokens.clear();
    }

    /** As if another process opened a session. */
    synchronized void supersede() {
        epoch++;
    }

    synchronized void grantLease(long millis) {
        leaseMillis = millis;
    }

    /** Answers heartbeats only after a while. */
    void beSlow(Duration answersAfter) {
        slowness = answersAfter;
    }

    public synchronized int enrolments() {
        return enrolments;
    }

    public synchronized long epoch() {
        return epoch;
    }

    public synchronized List<Heartbeat> heartbeats() {
        return List.copyOf(heartbeats);
    }

    synchronized Optional<Heartbeat> last() {
        return heartbeats.isEmpty() ? Optional.empty() : Optional.of(heartbeats.getLast());
    }

    Optional<WorkspaceReport> report(String workspace) {
        return last().flatMap(heartbeat -> heartbeat.workspaces().stream()
                .filter(report -> report.workspace().equals(workspace))
                .findFirst());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.startsWith(Paths.TRANSFERS + "/")) {
                transfers.handle(exchange, path, body);
                return;
            }
            Object answer;
            try {
                answer = switch (path) {
                    case Paths.ENROL -> enrol(json.readValue(body, Enrolment.Request.class));
                    case Paths.SESSION -> open(exchange);
                    case Paths.DESIRED -> desired(exchange);
                    case Paths.ATTEMPTS -> attempts(exchange, json.readValue(body, AttemptReport.class));
                    case Paths.HEARTBEAT -> heartbeat(exchange, json.readValue(body, Heartbeat.class));
                    case Paths.TRANSFERS -> transfers.orders(() -> current(exchange));
                    default ->
                        path.startsWith(Paths.WORKSPACE_SECRETS)
                                ? secrets(exchange, path.substring(Paths.WORKSPACE_SECRETS.length() + 1))
                                : path.startsWith(Paths.IMAGE_SECRETS)
                                        ? registrySecret(exchange, path.substring(Paths.IMAGE_SECRETS.length() + 1))
                                        : image(exchange, path);
                };
            } catch (Refusal e) {
                send(exchange, e.status, "application/problem+json", Map.of("status", e.status, "code", e.code));
                return;
            } catch (InterruptedException e) {
                return;
            }
            if (answer == NOTHING) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            send(exchange, 200, "application/json", answer);
        }
    }

    private synchronized Object attempts(HttpExchange exchange, AttemptReport report) {
        authenticate(exchange);
        attemptReports.add(report);
        return NOTHING;
    }

    synchronized List<AttemptReport> attemptReports() {
        return List.copyOf(attemptReports);
    }

    /** As told last, the first told first. */
    synchronized List<Attempt> attempts() {
        var latest = new LinkedHashMap<String, Attempt>();
        for (var report : attemptReports) {
            report.attempts().forEach(attempt -> latest.put(attempt.id(), attempt));
        }
        return List.copyOf(latest.values());
    }

    /** All that was said in one attempt. */
    synchronized List<String> output(String attempt) {
        return attemptReports.stream()
                .flatMap(report -> report.output().stream())
                .filter(output -> output.attempt().equals(attempt))
                .flatMap(output -> output.lines().stream())
                .toList();
    }

    private void send(HttpExchange exchange, int status, String type, Object answer) throws IOException {
        byte[] bytes = json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized Enrolment.Answer enrol(Enrolment.Request request) {
        if (!request.token().equals(token) || (boundHash != null && !boundHash.equals(request.secretHash()))) {
            throw new Refusal(403, "bad_token");
        }
        enrolments++;
        boundHash = request.secretHash();
        if (enrolledHost.equals(host)) {
            if (!request.secretHash().equals(secretHash)) {
                tokens.clear();
            }
            secretHash = request.secretHash();
        }
        if (lostAnswers > 0) {
            lostAnswers--;
            throw new Refusal(502, "lost");
        }
        return new Enrolment.Answer(install, enrolledHost, "test");
    }

    private synchronized SessionOpening.Answer open(HttpExchange exchange) {
        String secret = bearer(exchange);
        if (!sha256(secret).equals(secretHash)) {
            throw new Refusal(401, "unauthenticated");
        }
        epoch++;
        String token = "session-" + epoch;
        tokens.add(token);
        return new SessionOpening.Answer(epoch, token, pace());
    }

    private Pace pace() {
        return new Pace(1_000, leaseMillis);
    }

    private void authenticate(HttpExchange exchange) {
        String token = bearer(exchange);
        if (!tokens.contains(token)) {
            throw new Refusal(401, "unauthenticated");
        }
        if (!token.equals("session-" + epoch)) {
            throw new Refusal(409, "epoch_superseded");
        }
    }

    private synchronized void current(HttpExchange exchange) {
        authenticate(exchange);
    }

    synchronized int desiredAsked() {
        return desiredAsked;
    }

    private synchronized JsonNode desired(HttpExchange exchange) throws InterruptedException {
        authenticate(exchange);
        desiredAsked++;
        var query = query(exchange);
        long after = Long.parseLong(query.getOrDefault("after", "0"));
        String asked = query.getOrDefault("timeline", "");
        long deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(query.getOrDefault("waitMillis", "0")));
        while (asked.equals(timeline) && after == revision && deadline - System.nanoTime() > 0) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        authenticate(exchange);
        boolean unchanged = asked.equals(timeline) && after == revision;
        var state =
                new DesiredState(timeline, revision, !unchanged, unchanged ? List.of() : List.copyOf(desired.values()));
        JsonNode answer = json.valueToTree(state);
        if (!unchanged) {
            var resources = answer.withArray("/resources");
            raw.forEach(resource -> resources.add(resource));
        }
        return answer;
    }

    private Heartbeat.Answer heartbeat(HttpExchange exchange, Heartbeat heartbeat) throws InterruptedException {
        var answer = taken(exchange, heartbeat);
        Thread.sleep(slowness);
        return answer;
    }

    private synchronized Heartbeat.Answer taken(HttpExchange exchange, Heartbeat heartbeat) {
        authenticate(exchange);
        heartbeats.add(heartbeat);
        return new Heartbeat.Answer(pace(), timeline, revision);
    }

    /** The value of a secret from now on. */
    synchronized void keep(String secret, String value) {
        secrets.put(secret, value.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void forgetSecret(String secret) {
        secrets.remove(secret);
    }

    synchronized int secretsAsked() {
        return secretsAsked;
    }

    private synchronized SecretValues secrets(HttpExchange exchange, String workspace) {
        authenticate(exchange);
        secretsAsked++;
        if (!(desired.get(workspace) instanceof DesiredResource.Workspace named)) {
            throw new Refusal(404, "not_found");
        }
        var ids = new LinkedHashSet<String>();
        named.secrets().forEach(file -> ids.add(file.secret()));
        ids.addAll(named.secretEnv().values());
        if (named.git() != null && named.git().secret() != null) {
            ids.add(named.git().secret());
        }
        return new SecretValues(ids.stream()
                .map(id -> {
                    byte[] value = secrets.get(id);
                    if (value == null) {
                        throw new Refusal(409, "secret_gone");
                    }
                    return new SecretValues.Value(id, 1, value);
                })
                .toList());
    }

    private synchronized SecretValues registrySecret(HttpExchange exchange, String image) {
        authenticate(exchange);
        for (var known : images.entrySet()) {
            var secret =
                    switch (known.getValue()) {
                        case ImageDefinition.Reference reference -> reference.secret();
                        case ImageDefinition.Dockerfile dockerfile -> dockerfile.secret();
                    };
            var value = secret == null ? null : secrets.get(secret);
            if (image.equals(known.getKey().id() + "/" + known.getKey().version()) && secret != null && value != null) {
                return new SecretValues(List.of(new SecretValues.Value(secret, 1, value)));
            }
        }
        throw new Refusal(409, "secret_gone");
    }

    private synchronized ImageDefinition image(HttpExchange exchange, String path) {
        authenticate(exchange);
        String[] parts = path.substring(Paths.IMAGES.length() + 1).split("/");
        return images.entrySet().stream()
                .filter(entry ->
                        entry.getKey().id().equals(parts[0]) && entry.getKey().version() == Integer.parseInt(parts[1]))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "unknown_image"));
    }

    private static String bearer(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header.replaceFirst("^Bearer ", "");
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        String raw = exchange.getRequestURI().getQuery();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return query;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private static final class Refusal extends RuntimeException {
        private final int status;
        private final String code;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }
    }
}
