package dev.trailer.e2e.agentfaults;

import dev.trailer.e2e.process.AgentProcess;
import dev.trailer.e2e.process.Answer;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.EngineApi;
import dev.trailer.e2e.process.Places;
import dev.trailer.e2e.process.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One server's process, hosts with agents of their own process on an engine, and a tiny image. Closing it ends them and takes
 * from the engine what its hosts have made there, and nothing else. One thread.
 */
final class Rig implements AutoCloseable {
    /** A machine under load starts a JVM in ten seconds; a workspace then takes a few more. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final String HOST = "dev.trailer.host";
    static final String INSTALL = "dev.trailer.install";

    private final Path folder;
    private final EngineApi engine;
    private final ServerProcess server;
    private final List<Host> hosts = new ArrayList<>();
    private final List<AgentProcess> agents = new ArrayList<>();
    private final TinyImage tiny;
    private String install = "";
    /** Of the last change that was asked for. */
    private long position;

    /** A host as the server knows it, and its agent. */
    record Host(String id, String name, AgentProcess agent) {}

    /** Everything is up, with {@code tiny} defined; no host yet. */
    Rig(String name, EngineApi engine) {
        this.engine = engine;
        folder = Places.fresh(name);
        server = new ServerProcess(folder.resolve("server"), null);
        tiny = new TinyImage(engine);
        try {
            server.start().awaitReady();
            define("{\"name\":\"tiny\",\"reference\":\"" + tiny.another() + "\"}");
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    ServerProcess server() {
        return server;
    }

    Client api() {
        return server.client();
    }

    EngineApi engine() {
        return engine;
    }

    TinyImage tiny() {
        return tiny;
    }

    /** At least as new as the last change that was asked for here. */
    Answer get(String path) {
        return api().get(path, "Trailer-Position", Long.toString(position));
    }

    Answer change(String method, String path, @Nullable String body) {
        var answer = api().ask(method, path, body);
        answer.position().ifPresent(written -> position = written);
        return answer;
    }

    // ---- hosts ----

    /** Registered; its agent is not started. */
    Host register(String name) {
        return register(name, server.base());
    }

    /** @param address where its agent is to find the server */
    Host register(String name, URI address) {
        var answer =
                change("POST", "/api/v1/hosts", "{\"name\":\"" + name + "\"}").expect(201);
        var agent = manage(new AgentProcess(folder.resolve(name), address, engine.host()));
        var host = new Host(answer.text("/id"), name, agent.enrolsWith(answer.text("/enrolmentToken")));
        hosts.add(host);
        return host;
    }

    /** Ended at the end, whatever happens. */
    AgentProcess manage(AgentProcess agent) {
        agents.add(agent);
        return agent;
    }

    Answer read(Host host) {
        return get("/api/v1/hosts/" + host.id()).expect(200);
    }

    /** The agent of this epoch has been heard from. */
    void awaitOnline(Host host, long epoch) {
        Await.until("host " + host.name() + " online with epoch " + epoch, PATIENCE, () -> {
            var now = read(host);
            return now.text("/state").equals("online") && now.number("/agent/epoch") == epoch;
        });
    }

    /** The image {@code base}, which each new host builds at first: until then the engine is busy with it. */
    void awaitBaseBuilt(Host host) {
        Await.until("base built on " + host.name(), Duration.ofMinutes(3), () -> images().filter(
                        image -> image.path("name").asString().equals("base"))
                .flatMap(image -> image.path("builds").valueStream())
                .anyMatch(build -> !build.path("state").asString().equals("building")));
    }

    private Stream<JsonNode> images() {
        return get("/api/v1/images").expect(200).json().path("items").valueStream();
    }

    // ---- images and workspaces ----

    /** @return the image's id */
    String define(String image) {
        return change("POST", "/api/v1/images", image).expect(201).text("/id");
    }

    Workspace create(Host host, String name, String image) {
        var answer = change("POST", "/api/v1/workspaces", """
                        {"name":"%s","image":"%s","host":"%s","resources":{"cpus":0.1,"memoryBytes":16777216},
                         "volumes":[{"name":"work","mountPath":"/data"}]}""".formatted(name, image, host.name()))
                .expect(201);
        return new Workspace(this, host, answer.text("/id"), answer.text("/volumes/0/volume"));
    }

    // ---- the end ----

    @Override
    public void close() {
        var failures = new ArrayList<Throwable>();
        attempt(failures, () -> install = install());
        agents.forEach(agent -> attempt(failures, agent::close));
        attempt(failures, server::close);
        if (engine.answers()) {
            hosts.forEach(host -> clear(host, failures));
            clearImages(failures);
            attempt(failures, tiny::close);
        }
        if (!failures.isEmpty()) {
            var all = new AssertionError("could not clean up", failures.getFirst());
            failures.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }

    /** As the labels on what a host has made say; empty where none has made anything. */
    private String install() {
        return hosts.stream()
                .flatMap(host -> engine.volumes(HOST, host.id()).stream())
                .map(volume -> volume.path("Labels").path(INSTALL).asString())
                .findFirst()
                .orElse("");
    }

    private void clear(Host host, List<Throwable> failures) {
        each(failures, engine.containers(HOST, host.id()), "Id", id -> "/containers/" + id + "?force=true&v=true");
        each(failures, engine.networks(HOST, host.id()), "Id", id -> "/networks/" + id);
        each(failures, engine.volumes(HOST, host.id()), "Name", name -> "/volumes/" + name);
    }

    /** The newest first: one that others are built on cannot go before them. */
    private void clearImages(List<Throwable> failures) {
        if (!install.isEmpty()) {
            var images = engine.images(INSTALL, install).stream()
                    .sorted(Comparator.comparingLong(
                                    (JsonNode image) -> image.path("Created").asLong())
                            .reversed())
                    .toList();
            each(failures, images, "Id", id -> "/images/" + id + "?force=true");
        }
    }

    private void each(List<Throwable> failures, List<JsonNode> found, String key, UnaryOperator<String> path) {
        found.forEach(one ->
                attempt(failures, () -> engine.remove(path.apply(one.path(key).asString()))));
    }

    private static void attempt(List<Throwable> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }
}
