package dev.trailer.app.testing;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.HostImages.Standing;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.volume.TransferId;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import dev.trailer.domain.volume.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A history in which everything happens that can happen. */
public final class Story {
    public static final List<String> ALL_TYPES = List.of(
            "host.registered",
            "host.enrolled",
            "host.capability-reported",
            "host.lost",
            "host.returned",
            "host.cordoned",
            "host.resumed",
            "host.drained",
            "host.token-rotated",
            "host.abandoned",
            "host.removed",
            "image.defined",
            "image.revised",
            "image.build-requested",
            "image.build-recorded",
            "image.build-cancelled",
            "image.version-gone",
            "image.retired",
            "workspace.created",
            "workspace.changed",
            "workspace.start-requested",
            "workspace.stop-requested",
            "workspace.restart-requested",
            "workspace.deleted",
            "workspace.observed",
            "workspace.removed",
            "volume.created",
            "volume.provided",
            "volume.copy-requested",
            "volume.copied",
            "volume.restore-began",
            "volume.restored",
            "volume.attached",
            "volume.detached",
            "volume.deleted",
            "volume.removed",
            "secret.created",
            "secret.renewed",
            "secret.deleted");

    private final TestServer server;
    private final Api api;
    private final String name;

    private Story(TestServer server, String name) {
        this.server = server;
        this.api = server.api();
        this.name = name;
    }

    /** @param name begins the names of all that is made */
    public static void tell(TestServer server, String name) {
        var story = new Story(server, name);
        var agent = FakeAgent.online(server, name, FakeAgent.facts(8_000, 8L << 30, 0));
        story.tellOfImages(agent);
        story.tellOfWorkspaces(agent);
        story.tellOfSecrets();
        story.tellOfHosts(agent);
    }

    private void tellOfImages(FakeAgent agent) {
        var image = api.post("/api/v1/images", """
                        {"name":"%s","dockerfile":"FROM trailer/base\\nRUN true","files":{"b":"2","a":"1"},"buildArgs":{"X":"ä 😀"}}""".formatted(name)).expect(201).id();
        var path = "/api/v1/images/" + image;
        api.patch(path, "{\"files\":{\"b\":null,\"c\":\"3\"}}").expect(200);
        api.post(path + "/builds", "{\"host\":\"" + name + "\"}").expect(202);
        var failed = new Cause.StepFailed(Step.BUILD_IMAGE, UUID.randomUUID().toString(), "no such file");
        agent.report(new BuildReport(image, 1, BuildReport.State.BUILDING, null, 0, null));
        agent.report(new BuildReport(image, 1, BuildReport.State.FAILED, null, 0, failed));
        api.post(path + "/builds", "{\"host\":\"" + name + "\"}").expect(202);
        server.awaitQuiet();
        agent.converge();
        api.post(path + "/builds", "{\"host\":\"" + name + "\",\"noCache\":true}")
                .expect(202);
        api.post(path + "/builds/3/cancel", null).expect(200);
        agent.holds(
                new HostImages.Held(image, 2, 2_000, Standing.NEEDED, null),
                new HostImages.Held(image, 1, 1_000, Standing.GOING, Instant.parse("2026-01-02T03:04:05Z")));
        agent.holds(new HostImages.Held(image, 2, 2_000, Standing.NEEDED, null));
        var other = api.post("/api/v1/images", "{\"name\":\"%s-pg\",\"reference\":\"postgres:18\"}".formatted(name))
                .expect(201)
                .id();
        api.delete("/api/v1/images/" + other).expect(200);
    }

    private void tellOfWorkspaces(FakeAgent agent) {
        var volumes =
                ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"},{\"name\":\"data\",\"mountPath\":\"/data\"}]";
        var first = create(name + "-a", volumes + ",\"autoStop\":\"PT2H\",\"env\":{\"Z\":\"1\",\"A\":\"2\"}");
        var path = "/api/v1/workspaces/" + first;
        agent.beat(FakeAgent.report(first, 1, Phase.PREPARING, new Cause.Working(Step.CREATE_CONTAINER), null));
        agent.converge();
        agent.beat(FakeAgent.report(first, 1, Phase.FAILED, new Cause.CrashLoop(137, true), "c1"));
        api.post(path + "/restart", null).expect(202);
        api.patch(path, "{\"name\":\"" + name + "-b\",\"env\":{\"A\":null,\"B\":\"3\"}}")
                .expect(200);
        server.awaitQuiet();
        agent.converge();
        api.patch(path, "{\"volumes\":[{\"name\":\"house\",\"mountPath\":\"/home/dev\"}]}")
                .expect(200);
        api.post(path + "/stop", null).expect(202);
        server.awaitQuiet();
        agent.converge();
        api.post(path + "/start", null).expect(202);
        create(name + "-timed", ",\"autoStop\":\"P1D\"");
        create(name + "-idle", ",\"autoStop\":\"P1D\",\"desired\":\"stopped\"");

        var gone = create(name + "-gone", volumes);
        api.delete("/api/v1/workspaces/" + gone).expect(202);
        var kept = api.get("/api/v1/volumes?state=kept&host=" + name, "Trailer-Position", Long.toString(server.head()));
        var volume = kept.text("/items/0/id");
        var taken = create(
                name + "-takes",
                ",\"volumes\":[{\"name\":\"old\",\"mountPath\":\"/old\",\"volume\":\"" + volume + "\"}]");
        api.delete("/api/v1/workspaces/" + taken + "?volumes=delete").expect(202);
        tellOfVolumes(agent);
        server.awaitQuiet();
        agent.converge();
    }

    private void tellOfVolumes(FakeAgent agent) {
        var volume = api.post("/api/v1/volumes", "{\"name\":\"spare\",\"host\":\"" + name + "\"}")
                .expect(201)
                .id();
        api.post("/api/v1/volumes/" + volume + "/clone", "{\"name\":\"copy\"}").expect(201);
        var commands = server.part(Commands.class);
        var transfer = new TransferId(UUID.randomUUID().toString());
        var by = Actor.agent(new HostId(agent.host()));
        commands.send(by, new BeginRestore(new VolumeId(volume), transfer), List.of());
        commands.send(by, new RecordRestore(new VolumeId(volume), transfer, 10_240, "ab".repeat(32)), List.of());
    }

    private String create(String workspace, String more) {
        return api.post("/api/v1/workspaces", Sent.with(workspace, name, more))
                .expect(201)
                .id();
    }

    private void tellOfSecrets() {
        secret("kept");
        var gone = "/api/v1/secrets/" + secret("gone");
        api.post(gone + "/versions", "{\"value\":\"another one\"}").expect(200);
        api.delete(gone).expect(200);
    }

    private String secret(String more) {
        return api.post("/api/v1/secrets", "{\"name\":\"" + name + "-" + more + "\",\"value\":\"no one's business\"}")
                .expect(201)
                .id();
    }

    private void tellOfHosts(FakeAgent agent) {
        var path = "/api/v1/hosts/" + agent.host();
        api.post(path + "/cordon", null).expect(200);
        api.post(path + "/resume", null).expect(200);
        var commands = server.part(Commands.class);
        var host = new HostId(agent.host());
        commands.send(Actor.system("story"), new LoseHost(host, Instant.EPOCH), List.of());
        server.awaitQuiet();
        commands.send(Actor.agent(host), new ReturnHost(host), List.of());
        agent.converge();
        var empty = FakeAgent.online(server, name + "-empty", FakeAgent.facts(1_000, 1L << 30, 0));
        var emptyPath = "/api/v1/hosts/" + empty.host();
        api.post(emptyPath + "/drain", null).expect(202);
        api.post(emptyPath + "/rotate-token", null).expect(200);
        commands.send(Actor.system("story"), new LoseHost(new HostId(empty.host()), Instant.EPOCH), List.of());
        api.delete(emptyPath + "?force=true").expect(200);
        server.awaitQuiet();
    }
}
