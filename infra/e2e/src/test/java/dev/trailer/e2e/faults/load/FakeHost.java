package dev.trailer.e2e.faults.load;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.e2e.process.Answer;
import dev.trailer.e2e.process.Client;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An agent without an engine: sees what is desired and reports, at random, that it has become so or has failed. One thread. */
public final class FakeHost {
    private static final int POLL_MILLIS = 500;

    private final Supplier<Client> server;
    private final History history;
    private final Random random;
    private final HostFacts facts;
    private final String secret;
    private final String id;
    private final Map<String, WorkspaceReport> last = new HashMap<>();
    private SessionOpening.@Nullable Answer session;
    private @Nullable DesiredState had;
    private long sequence;

    private FakeHost(Supplier<Client> server, History history, long seed, HostFacts facts, String secret, String id) {
        this.server = server;
        this.history = history;
        this.random = new Random(seed);
        this.facts = facts;
        this.secret = secret;
        this.id = id;
    }

    /** Registers a host and enrols its agent; the server must be well. */
    public static FakeHost enrolled(String name, int workspaces, long seed, Supplier<Client> server, History history) {
        var facts =
                new HostFacts(workspaces * 100L, workspaces * (24L << 20), 0, "fake", "1.0", "1.41", "linux", "amd64");
        var secret = "secret-of-" + name + "-" + Long.toUnsignedString(new Random(seed).nextLong(), 36)
                + "-0123456789abcdef";
        var token = server.get()
                .post("/api/v1/hosts", "{\"name\":\"" + name + "\"}")
                .expect(201)
                .text("/enrolmentToken");
        var request = Answer.JSON.writeValueAsString(new Enrolment.Request(token, sha256(secret)));
        var answer = server.get().as(null).post(Paths.ENROL, request).expect(200);
        var identity = Answer.JSON.readValue(answer.body(), Enrolment.Answer.class);
        return new FakeHost(server, history, seed, facts, secret, identity.host());
    }

    public String id() {
        return id;
    }

    /** Looks, reports, waits for news. */
    public void step() {
        if (session == null) {
            open();
        } else {
            poll(session);
        }
    }

    private void open() {
        var request = Answer.JSON.writeValueAsString(new SessionOpening.Request("test", facts));
        var answer = server.get().as(secret).post(Paths.SESSION, request);
        history.note(answer);
        if (answer.status() == 200) {
            session = Answer.JSON.readValue(answer.body(), SessionOpening.Answer.class);
            sequence = 0;
            had = null;
        }
    }

    private void poll(SessionOpening.Answer with) {
        var query = had == null || random.nextInt(4) == 0
                ? ""
                : "?after=" + had.revision() + "&timeline=" + had.timeline() + "&waitMillis=" + POLL_MILLIS;
        var answer = server.get().as(with.token()).get(Paths.DESIRED + query);
        history.note(answer);
        if (answer.status() != 200) {
            return;
        }
        var now = Answer.JSON.readValue(answer.body(), DesiredState.class);
        had = now;
        report(with, now);
    }

    private void report(SessionOpening.Answer with, DesiredState now) {
        var workspaces = new ArrayList<WorkspaceReport>();
        var volumes = new ArrayList<VolumeReport>();
        var builds = new ArrayList<BuildReport>();
        for (var resource : now.resources()) {
            switch (resource) {
                case DesiredResource.Workspace w -> workspaces.add(seen(w));
                case DesiredResource.Volume v ->
                    volumes.add(new VolumeReport(v.id(), v.remove(), v.copyOf() != null, null));
                case DesiredResource.Build b ->
                    builds.add(new BuildReport(
                            b.image().id(), b.build(), BuildReport.State.SUCCEEDED, "sha256:fake", 1_000, null));
                case DesiredResource.Forget f -> {
                    // nothing is left to be told
                }
            }
        }
        var beat = new Heartbeat(
                with.epoch(), ++sequence, true, facts, null, workspaces, volumes, builds, List.of(), List.of());
        history.note(server.get()
                .as(with.token())
                .post(Paths.HEARTBEAT, Answer.JSON.writerFor(Heartbeat.class).writeValueAsString(beat)));
    }

    /** Mostly as before, so that reports stay fewer than looks. */
    private WorkspaceReport seen(DesiredResource.Workspace w) {
        var before = last.get(w.id());
        if (before != null && before.generation() == w.generation() && random.nextInt(10) > 0) {
            return before;
        }
        var container = "c" + w.containerGeneration() + "-" + w.id();
        var report =
                switch (w.power()) {
                    case REMOVED -> new WorkspaceReport(w.id(), w.generation(), Phase.GONE, null, null);
                    case STOPPED -> new WorkspaceReport(w.id(), w.generation(), Phase.STOPPED, null, container);
                    case RUNNING ->
                        random.nextInt(4) == 0
                                ? new WorkspaceReport(
                                        w.id(),
                                        w.generation(),
                                        Phase.PREPARING,
                                        new Cause.Working(Step.CREATE_CONTAINER),
                                        null)
                                : new WorkspaceReport(w.id(), w.generation(), Phase.RUNNING, null, container);
                };
        last.put(w.id(), report);
        return report;
    }

    private static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
