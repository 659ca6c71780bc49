package dev.trailer.bench.limit;

import dev.trailer.agent.protocol.Labels;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.Wire;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The calls that make a workspace run, one after the other and nothing else: network, volume, container, start; with the same
 * configuration as the agent's. All of one workspace is removed by {@link #remove}.
 */
public final class PlainDocker implements AutoCloseable {
    /** The oldest that the agent negotiates down to here. */
    private static final String API = "/v1.41";

    private static final Set<Integer> DONE = Set.of(200, 201, 204);
    private static final String LABEL = "dev.trailer.bench";

    private final Wire wire;
    private int made;

    private PlainDocker(Wire wire) {
        this.wire = wire;
    }

    /** @param socket the engine's */
    public static PlainDocker at(Path socket) throws IOException {
        return new PlainDocker(Wire.to(socket));
    }

    /** The one that the agent uses here. */
    public static PlainDocker ofThisMachine() throws IOException {
        var host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
        if (!host.startsWith("unix://")) {
            throw new IllegalStateException("this is measured on an engine behind a Unix socket, not " + host);
        }
        return at(Path.of(host.substring("unix://".length())));
    }

    /** @return seconds from the first call until the last was answered */
    public double run(String name, String image, long cpuMillis, long memoryBytes) throws IOException {
        made++;
        // A pool of our own: the engine's default has room for thirty, and the agent's is its.
        var subnet = "10.231." + made % 256 + ".0/28";
        var labels = Map.of(LABEL, name);
        long begun = System.nanoTime();
        call(
                "POST",
                "/networks/create",
                Map.of(
                        "Name",
                        name,
                        "Driver",
                        "bridge",
                        "CheckDuplicate",
                        true,
                        "Labels",
                        labels,
                        "IPAM",
                        Map.of("Config", List.of(Map.of("Subnet", subnet)))));
        call("POST", "/volumes/create", Map.of("Name", name, "Driver", "local", "Labels", labels));
        call(
                "POST",
                "/containers/create?name=" + name,
                Map.of(
                        "Image",
                        image,
                        "Hostname",
                        "bench",
                        "Labels",
                        labels,
                        "HostConfig",
                        hostConfig(name, cpuMillis, memoryBytes)));
        call("POST", "/containers/" + name + "/start", null);
        return (System.nanoTime() - begun) / 1e9;
    }

    private static Map<String, Object> hostConfig(String name, long cpuMillis, long memoryBytes) {
        return Map.of(
                "NetworkMode",
                name,
                "Mounts",
                List.of(Map.of("Type", "volume", "Source", name, "Target", "/home/dev")),
                "NanoCpus",
                cpuMillis * 1_000_000,
                "Memory",
                memoryBytes,
                "MemorySwap",
                memoryBytes,
                "PidsLimit",
                4_096,
                "Init",
                true,
                "SecurityOpt",
                List.of("no-new-privileges"),
                "RestartPolicy",
                Map.of("Name", "no"),
                "LogConfig",
                Map.of("Type", "json-file", "Config", Map.of("max-size", "10m", "max-file", "3")));
    }

    /** What is not there is removed already. */
    public void remove(String name) throws IOException {
        send("DELETE", "/containers/" + name + "?force=true&v=true", null);
        send("DELETE", "/networks/" + name, null);
        send("DELETE", "/volumes/" + name, null);
    }

    /** Names of what an installation has on the engine: {@code containers}, {@code networks} or {@code volumes}. */
    public List<String> ofInstall(String kind, String install) throws IOException {
        var filters = labelled(install);
        var path = "/" + kind + (kind.equals("containers") ? "/json?all=true&filters=" : "?filters=") + filters;
        var found = Api.JSON.readTree(send("GET", path, null).body());
        var names = new ArrayList<String>();
        for (JsonNode one : kind.equals("volumes") ? found.at("/Volumes") : found) {
            names.add(
                    kind.equals("containers")
                            ? one.at("/Id").asString()
                            : one.at("/Name").asString());
        }
        return names;
    }

    private static String labelled(String install) {
        return URLEncoder.encode(
                Api.JSON.writeValueAsString(Map.of("label", List.of(Labels.INSTALL + "=" + install))),
                StandardCharsets.UTF_8);
    }

    /** What happened in between to things of an installation, as the engine tells it. */
    public List<String> changesOfInstall(String install, Instant since, Instant until) throws IOException {
        var path = "/events?since=" + since.getEpochSecond() + "&until=" + until.getEpochSecond() + "&filters="
                + labelled(install);
        return send("GET", path, null).body().lines().toList();
    }

    /** For what a benchmark that failed has left. */
    public void removeInstall(String install) throws IOException {
        for (String container : ofInstall("containers", install)) {
            send("DELETE", "/containers/" + container + "?force=true&v=true", null);
        }
        for (String kind : List.of("networks", "volumes")) {
            for (String name : ofInstall(kind, install)) {
                send("DELETE", "/" + kind + "/" + name, null);
            }
        }
    }

    /** Removes an image's name, and the image with its last name. */
    public void removeImage(String image) throws IOException {
        send("DELETE", "/images/" + image, null);
    }

    public boolean hasImage(String image) throws IOException {
        return send("GET", "/images/" + image + "/json", null).status() == 200;
    }

    private void call(String method, String path, @Nullable Object body) throws IOException {
        var reply = send(method, path, body);
        if (!DONE.contains(reply.status())) {
            throw new IOException("the engine: " + method + " " + path + " -> " + reply);
        }
    }

    private Wire.Reply send(String method, String path, @Nullable Object body) throws IOException {
        return wire.send(method, API + path, body == null ? null : Api.JSON.writeValueAsString(body));
    }

    @Override
    public void close() {
        wire.close();
    }
}
