package dev.trailer.bench.server;

import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host with nothing on it: enrolled as an agent does it, and heard from at the pace that the server asks for, so that it is
 * never lost. It reports what it is told to, and claims to have as much room as a benchmark needs.
 */
public final class Host implements AutoCloseable {
    /** More than any benchmark places. */
    private static final HostFacts HUGE = new HostFacts(1L << 40, 1L << 60, 0, "none", "1.0", "1.41", "linux", "amd64");

    private final Api server;
    private final Enrolment.Answer identity;
    private final SessionOpening.Answer session;
    private final Thread heart;
    private List<WorkspaceReport> report = List.of();
    private long sequence;

    private Host(Api server, Enrolment.Answer identity, SessionOpening.Answer session) {
        this.server = server.as(session.token());
        this.identity = identity;
        this.session = session;
        this.heart = Thread.ofVirtual().name("heart").unstarted(this::keepBeating);
    }

    /** @param admin may register hosts */
    public static Host online(Api admin, String name) {
        var token = admin.post("/api/v1/hosts", "{\"name\":\"" + name + "\"}").text("/enrolmentToken");
        var secret = UUID.randomUUID() + "-" + UUID.randomUUID();
        var identity = admin.as(null)
                .post(Paths.ENROL, Api.JSON.writeValueAsString(new Enrolment.Request(token, sha256(secret))))
                .as(Enrolment.Answer.class);
        var session = admin.as(secret)
                .post(Paths.SESSION, Api.JSON.writeValueAsString(new SessionOpening.Request("bench", HUGE)))
                .as(SessionOpening.Answer.class);
        var host = new Host(admin, identity, session);
        host.beat();
        host.heart.start();
        return host;
    }

    public String id() {
        return identity.host();
    }

    public String name() {
        return identity.hostName();
    }

    /** Says this now, and again with every heartbeat from now on. */
    public synchronized void report(List<WorkspaceReport> workspaces) {
        report = List.copyOf(workspaces);
        beat();
    }

    /** Waits for what comes after {@code had}; null for everything at once. */
    public DesiredState poll(@Nullable DesiredState had, Duration patience) {
        var query = had == null
                ? ""
                : "?after=" + had.revision() + "&timeline=" + had.timeline() + "&waitMillis=" + patience.toMillis();
        return server.get(Paths.DESIRED + query).as(DesiredState.class);
    }

    private synchronized void beat() {
        var beat = new Heartbeat(
                session.epoch(), ++sequence, true, HUGE, null, report, List.of(), List.of(), List.of(), List.of());
        server.post(Paths.HEARTBEAT, Api.JSON.writeValueAsString(beat));
    }

    private void keepBeating() {
        try {
            while (true) {
                Thread.sleep(Duration.ofMillis(session.pace().heartbeatMillis()));
                beat();
            }
        } catch (InterruptedException | IllegalStateException e) {
            // closed, or the server is
        }
    }

    private static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        heart.interrupt();
    }
}
