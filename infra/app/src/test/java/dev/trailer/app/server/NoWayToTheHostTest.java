package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person may not ask for, by any field, on create as on change: each is refused, naming the field, and nothing is
 * recorded. Between them they are the names by which engines, Compose and orchestrators know such things.
 */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoWayToTheHostTest {
    private static final String HOST = "no-way";
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String IMAGES = "/api/v1/images";

    private final TestServer server;
    private final String workspace;
    private final String image;

    NoWayToTheHostTest(TestServer server) {
        this.server = server;
        FakeAgent.online(server, HOST, FakeAgent.facts(4_000, 4L << 30, 0));
        workspace = server.api()
                .post(WORKSPACES, "{\"name\":\"no-way-a\",\"image\":\"base\",\"host\":\"" + HOST + "\"}")
                .expect(201)
                .id();
        image = server.api()
                .post(IMAGES, "{\"name\":\"no-way\",\"dockerfile\":\"FROM scratch\"}")
                .expect(201)
                .id();
    }

    /** @param field as it stands in the document, name and value */
    private record Wish(String field, String pointer) {
        @Override
        public String toString() {
            return field;
        }
    }

    private static Wish wish(String name, String value) {
        return new Wish("\"" + name + "\":" + value, "/" + name);
    }

    private static Wish volume(String fields, String pointer) {
        return new Wish(
                "\"volumes\":[{\"name\":\"data\",\"mountPath\":\"/data\"," + fields + "}]", "/volumes/0/" + pointer);
    }

    private static Wish path(String path) {
        return new Wish("\"volumes\":[{\"name\":\"data\",\"mountPath\":\"" + path + "\"}]", "/volumes/0/mountPath");
    }

    static Stream<Wish> of_a_workspace() {
        return Stream.of(
                wish("privileged", "true"),
                wish("binds", "[\"/:/host\"]"),
                wish("Binds", "[\"/:/host\"]"),
                wish("hostConfig", "{\"Privileged\":true}"),
                wish("HostConfig", "{\"Binds\":[\"/:/host\"]}"),
                wish("host_config", "{}"),
                wish("mounts", "[{\"type\":\"bind\",\"source\":\"/\",\"target\":\"/host\"}]"),
                wish("devices", "[\"/dev/sda\"]"),
                wish("deviceRequests", "[{}]"),
                wish("deviceCgroupRules", "[\"b 8:* rwm\"]"),
                wish("capAdd", "[\"SYS_ADMIN\"]"),
                wish("cap_add", "[\"ALL\"]"),
                wish("capabilities", "[\"SYS_ADMIN\"]"),
                wish("securityOpt", "[\"seccomp=unconfined\"]"),
                wish("securityContext", "{\"privileged\":true}"),
                wish("network", "\"host\""),
                wish("networkMode", "\"host\""),
                wish("network_mode", "\"container:x\""),
                wish("hostNetwork", "true"),
                wish("pid", "\"host\""),
                wish("pidMode", "\"host\""),
                wish("ipc", "\"host\""),
                wish("ipcMode", "\"host\""),
                wish("uts", "\"host\""),
                wish("usernsMode", "\"host\""),
                wish("cgroup", "\"host\""),
                wish("cgroupParent", "\"/\""),
                wish("runtime", "\"other\""),
                wish("user", "\"0:0\""),
                wish("groupAdd", "[\"docker\"]"),
                wish("sysctls", "{\"kernel.core_pattern\":\"x\"}"),
                wish("tmpfs", "[\"/run\"]"),
                wish("volumesFrom", "[\"other\"]"),
                wish("volumeDriver", "\"local\""),
                wish("ports", "[\"0.0.0.0:22:22\"]"),
                wish("extraHosts", "[\"db:127.0.0.1\"]"),
                wish("dns", "[\"10.0.0.1\"]"),
                wish("labels", "{\"dev.trailer.host\":\"another\"}"),
                wish("entrypoint", "[\"/bin/sh\"]"),
                wish("oomKillDisable", "true"),
                wish("ulimits", "{\"core\":-1}"),
                wish("storageOpt", "{\"size\":\"1T\"}"),
                wish("logConfig", "{\"type\":\"syslog\"}"),
                volume("\"source\":\"/etc\"", "source"),
                volume("\"hostPath\":\"/etc\"", "hostPath"),
                volume("\"type\":\"bind\"", "type"),
                volume("\"driver\":\"local\"", "driver"),
                volume("\"driverOpts\":{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc\"}", "driverOpts"),
                volume("\"options\":{\"device\":\"/etc\"}", "options"),
                volume("\"propagation\":\"shared\"", "propagation"),
                volume("\"volume\":\"/etc\"", "volume"),
                volume("\"volume\":\"../../etc\"", "volume"),
                new Wish("\"volumes\":[\"/:/host\"]", "/volumes/0"),
                new Wish("\"volumes\":[{\"name\":\"../up\",\"mountPath\":\"/data\"}]", "/volumes/0/name"),
                new Wish("\"volumes\":[{\"name\":\"/etc\",\"mountPath\":\"/data\"}]", "/volumes/0/name"),
                path("/proc"),
                path("/proc/sys/kernel"),
                path("/sys/fs/cgroup"),
                path("/dev"),
                path("/dev/shm"),
                path("/run"),
                path("/run/docker.sock"),
                path("/var/run/docker.sock"),
                path("/etc"),
                path("/usr/bin"),
                path("/data/../etc"),
                path("/data:/host:rw"),
                path("/data,bind-propagation=shared"),
                new Wish("\"resources\":{\"privileged\":true}", "/resources/privileged"),
                new Wish("\"resources\":{\"devices\":[\"/dev/sda\"]}", "/resources/devices"),
                new Wish("\"apps\":[{\"name\":\"web\",\"port\":80,\"hostPort\":80}]", "/apps/0/hostPort"),
                new Wish("\"env\":{\"A=B\":\"x\"}", "/env/A=B"),
                new Wish("\"env\":{\"A\\nB\":\"x\"}", "/env/A\nB"),
                new Wish("\"image\":\"../../other\"", "/image"),
                new Wish("\"image\":\"base:1@sha256:00\"", "/image"),
                new Wish("\"image\":\"docker://base\"", "/image"));
    }

    static Stream<Wish> of_an_image() {
        return Stream.of(
                        "FROM x\nRUN --mount=type=bind,source=/,target=/host ls /host",
                        "FROM x\nRUN --mount=type=secret,id=key cat /run/secrets/key",
                        "FROM x\nRUN --security=insecure mount -t proc none /mnt",
                        "FROM x\nRUN --network=host curl http://localhost:8080",
                        "FROM x\nRUN --device=all true",
                        "FROM x\nRUN \\\n  --mount=type=ssh true",
                        "FROM x\nONBUILD RUN --security=insecure true",
                        "FROM x\nADD http://169.254.169.254/latest/meta-data /m",
                        "FROM x\nARG U\nADD $U /m",
                        "# syntax=evil/frontend\nFROM x",
                        "FROM x\nLABEL dev.trailer.host=another")
                .map(text -> new Wish(
                        "\"dockerfile\":\"" + text.replace("\\", "\\\\").replace("\n", "\\n") + "\"", "/dockerfile"));
    }

    static Stream<Wish> of_a_build() {
        return Stream.of(
                wish("privileged", "true"),
                wish("networkMode", "\"host\""),
                wish("securityOpt", "[\"seccomp=unconfined\"]"),
                wish("cacheFrom", "[\"x\"]"),
                wish("extraHosts", "[\"db:127.0.0.1\"]"),
                wish("remote", "\"https://example.org/context.tar\""),
                new Wish("\"files\":{\"../../etc/passwd\":\"x\"}", "/files/..~1..~1etc~1passwd"),
                new Wish("\"files\":{\"/etc/passwd\":\"x\"}", "/files/~1etc~1passwd"),
                new Wish("\"buildArgs\":{\"BUILDKIT_SYNTAX\":\"evil/frontend\"}", "/buildArgs/BUILDKIT_SYNTAX"),
                new Wish("\"buildArgs\":{\"DOCKER_HOST\":\"tcp://x\"}", "/buildArgs/DOCKER_HOST"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("of_a_workspace")
    void of_a_workspace_is_refused(Wish wish) {
        var image = wish.field.startsWith("\"image\"") ? "" : "\"image\":\"base\",";
        refused(wish, "POST", WORKSPACES, "{\"name\":\"no-way-b\"," + image + wish.field + "}");
        refused(wish, "PATCH", WORKSPACES + "/" + workspace, "{" + wish.field + "}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("of_an_image")
    void of_an_image_is_refused(Wish wish) {
        refused(wish, "POST", IMAGES, "{\"name\":\"no-way-b\"," + wish.field + "}");
        refused(wish, "PATCH", IMAGES + "/" + image, "{" + wish.field + "}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("of_a_build")
    void of_a_build_is_refused(Wish wish) {
        refused(wish, "POST", IMAGES, "{\"name\":\"no-way-b\",\"dockerfile\":\"FROM x\"," + wish.field + "}");
        refused(wish, "PATCH", IMAGES + "/" + image, "{" + wish.field + "}");
    }

    private void refused(Wish wish, String method, String path, String body) {
        long before = server.head();
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        var reply = server.api().send(method, path, body, "Content-Type", type).expect(400);
        assertThat(reply.text("/code")).isEqualTo("invalid");
        var named = reply.json().at("/errors").valueStream().map(e -> e.get("pointer")
                .asString());
        assertThat(named).as(reply.toString()).contains(wish.pointer);
        assertThat(server.head()).as("nothing was recorded").isEqualTo(before);
    }
}
