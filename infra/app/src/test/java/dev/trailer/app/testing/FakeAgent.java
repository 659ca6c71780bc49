package dev.trailer.app.testing;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.agent.protocol.WorkspaceUsage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Speaks an agent's protocol over HTTP; has no engine: whatever it reports is made up. One thread. */
public final class FakeAgent {
    private final Api server;
    private final String token;
    private final HostFacts facts;
    private String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
    private Enrolment.@Nullable Answer identity;
    private SessionOpening.@Nullable Answer session;
    private long sequence;

    public FakeAgent(TestServer server, String enrolmentToken, HostFacts facts) {
        this.server = server.anonymous();
        this.token = enrolmentToken;
        this.facts = facts;
    }

    /** The same agent, the same process, where the server is now. */
    public FakeAgent at(TestServer moved) {
        var same = new FakeAgent(moved, token, facts);
        same.secret = secret;
        same.identity = identity;
        same.session = session;
        same.sequence = sequence;
        return same;
    }

    /** Registers a host and makes its agent, which has said nothing yet. */
    public static FakeAgent registered(TestServer server, String host, HostFacts facts) {
        var answer = server.api()
                .post("/api/v1/hosts", "{\"name\":\"" + host + "\"}")
                .expect(201);
        return new FakeAgent(server, answer.text("/enrolmentToken"), facts);
    }

    /** Registers a host whose agent enrols and opens a session. */
    public static FakeAgent online(TestServer server, String host, HostFacts facts) {
        var agent = registered(server, host, facts);
        agent.enrol();
        agent.openSession();
        return agent;
    }

    public static HostFacts facts(long cpuMillis, long memoryBytes, int gpus) {
        return new HostFacts(cpuMillis, memoryBytes, gpus, "fake", "1.0", "1.41", "linux", "amd64");
    }

    /** With so many GPUs to give as are named. */
    public static HostFacts facts(HostGpus gpus) {
        return new HostFacts(64_000, 64L << 30, gpus.devices().size(), "fake", "1.0", "1.41", "linux", "amd64", gpus);
    }

    public String host() {
        return Objects.requireNonNull(identity).host();
    }

    public String hostName() {
        return Objects.requireNonNull(identity).hostName();
    }

    public String install() {
        return Objects.requireNonNull(identity).install();
    }

    public SessionOpening.Answer session() {
        return Objects.requireNonNull(session);
    }

    // ---- enrolment and session ----

    /** As it is, or as it would be with another secret. */
    public Reply enrolWith(String otherSecret) {
        var request = new Enrolment.Request(token, sha256(otherSecret));
        return server.post(Paths.ENROL, Reply.JSON.writeValueAsString(request));
    }

    public void enrol() {
        identity = read(enrolWith(secret).expect(200), Enrolment.Answer.class);
    }

    public String secret() {
        return secret;
    }

    public Reply tryOpenSession() {
        return server.as(secret)
                .post(Paths.SESSION, Reply.JSON.writeValueAsString(new SessionOpening.Request("test", facts)));
    }

    /** As at the start of its process: supersedes the session before. */
    public void openSession() {
        session = read(tryOpenSession().expect(200), SessionOpening.Answer.class);
        sequence = 0;
    }

    // ---- desired state ----

    public Reply tryPoll(String query) {
        return server.as(session().token()).get(Paths.DESIRED + query);
    }

    /** Everything. */
    public DesiredState whole() {
        return read(tryPoll("").expect(200), DesiredState.class);
    }

    /** What comes after what it has, waiting for it. */
    public DesiredState after(DesiredState had, long waitMillis) {
        return read(
                tryPoll("?after=" + had.revision() + "&timeline=" + had.timeline() + "&waitMillis=" + waitMillis)
                        .expect(200),
                DesiredState.class);
    }

    /** The values of what a workspace names. */
    public Reply trySecrets(String workspace) {
        return server.as(session().token()).get(Paths.WORKSPACE_SECRETS + "/" + workspace);
    }

    public Reply tryImageSecrets(String image, int version) {
        return server.as(session().token()).get(Paths.IMAGE_SECRETS + "/" + image + "/" + version);
    }

    // ---- reports ----

    public Reply tryBeat(
            long epoch,
            long number,
            List<WorkspaceReport> workspaces,
            List<VolumeReport> volumes,
            List<BuildReport> builds) {
        var beat = new Heartbeat(epoch, number, true, facts, null, workspaces, volumes, builds, List.of(), List.of());
        return server.as(session().token())
                .post(Paths.HEARTBEAT, Reply.JSON.writerFor(Heartbeat.class).writeValueAsString(beat));
    }

    public Reply tryBeat(WorkspaceReport... workspaces) {
        return tryBeat(session().epoch(), ++sequence, List.of(workspaces), List.of(), List.of());
    }

    public Heartbeat.Answer beat(WorkspaceReport... workspaces) {
        return read(tryBeat(workspaces).expect(200), Heartbeat.Answer.class);
    }

    /** Reports strays alone. */
    public void beatWithStrays(List<String> strays) {
        var beat = new Heartbeat(
                session().epoch(), ++sequence, true, facts, null, List.of(), List.of(), List.of(), strays, List.of());
        send(beat);
    }

    private void send(Heartbeat beat) {
        server.as(session().token())
                .post(Paths.HEARTBEAT, Reply.JSON.writerFor(Heartbeat.class).writeValueAsString(beat))
                .expect(200);
    }

    /** Reports on its images alone: all that it has. */
    public void holds(HostImages.Held... held) {
        var beat = new Heartbeat(
                session().epoch(),
                ++sequence,
                true,
                facts,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new HostImages(3, 604_800, List.of(held)));
        send(beat);
    }

    /** Reports samples alone. */
    public void measure(@Nullable HostMetrics metrics, WorkspaceUsage... usages) {
        var beat = new Heartbeat(
                session().epoch(),
                ++sequence,
                true,
                facts,
                metrics,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(usages));
        send(beat);
    }

    public Reply tryTell(long epoch, List<Attempt> attempts, AttemptReport.Output... output) {
        var report = new AttemptReport(epoch, attempts, List.of(output));
        return server.as(session().token()).post(Paths.ATTEMPTS, Reply.JSON.writeValueAsString(report));
    }

    /** Tells what it did and what that said. */
    public void tell(List<Attempt> attempts, AttemptReport.Output... output) {
        tryTell(session().epoch(), attempts, output).expect(204);
    }

    /** Reports what the host can carry, now, and how its GPUs are doing. */
    public void tell(HostFacts now, GpuUsage... gpus) {
        var beat = new Heartbeat(
                session().epoch(),
                ++sequence,
                true,
                now,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(gpus));
        send(beat);
    }

    /** Reports on a build alone. */
    public void report(BuildReport build) {
        tryBeat(session().epoch(), ++sequence, List.of(), List.of(), List.of(build))
                .expect(200);
    }

    /** Reports on a volume alone. */
    public void report(VolumeReport volume) {
        tryBeat(session().epoch(), ++sequence, List.of(), List.of(volume), List.of())
                .expect(200);
    }

    /** Reports everything that is desired as having become so. */
    public void converge() {
        var workspaces = new ArrayList<WorkspaceReport>();
        var volumes = new ArrayList<VolumeReport>();
        var builds = new ArrayList<BuildReport>();
        for (var resource : whole().resources()) {
            switch (resource) {
                case DesiredResource.Workspace w -> workspaces.add(reached(w));
                case DesiredResource.Volume v ->
                    volumes.add(new VolumeReport(v.id(), v.remove(), v.copyOf() != null, null));
                case DesiredResource.Build b ->
                    builds.add(new BuildReport(
                            b.image().id(), b.build(), BuildReport.State.SUCCEEDED, "sha256:fake", 1_000, null));
                case DesiredResource.Forget _ -> {
                    // nothing is left to be told
                }
            }
        }
        tryBeat(session().epoch(), ++sequence, workspaces, volumes, builds).expect(200);
    }

    private static WorkspaceReport reached(DesiredResource.Workspace w) {
        var phase =
                switch (w.power()) {
                    case RUNNING -> Phase.RUNNING;
                    case STOPPED -> Phase.STOPPED;
                    case REMOVED -> Phase.GONE;
                };
        var container = w.power() == Power.REMOVED ? null : "c" + w.containerGeneration() + "-" + w.id();
        return report(w.id(), w.generation(), phase, null, container);
    }

    public static WorkspaceReport report(
            String workspace, long generation, Phase phase, @Nullable Cause cause, @Nullable String container) {
        return new WorkspaceReport(workspace, generation, phase, cause, container);
    }

    // ---- how it is said ----

    private static <T> T read(Reply reply, Class<T> type) {
        return Reply.JSON.readValue(reply.bytes(), type);
    }

    public static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
