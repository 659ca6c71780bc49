package dev.trailer.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The Docker Engine as anybody sees it: its HTTP API, as {@code infra/lib/engine.sh} reaches it, without the library that
 * the agent uses. (A command-line client may be missing, or too new for the engine.)
 */
final class Engine {
    static final String INSTALL = "dev.trailer.install";
    static final String HOST = "dev.trailer.host";
    static final String WORKSPACE = "dev.trailer.workspace";
    /** {@code <image id>/<version>} */
    static final String IMAGE = "dev.trailer.image";

    static final String GENERATION = "dev.trailer.generation";

    private static final String CALL =
            "for part in say lock apt engine; do . \"infra/lib/$part.sh\"; done; engine_api \"$@\"";

    private Engine() {}

    /** All containers, ended ones too, with a label. */
    static List<JsonNode> containers(String label, String value) {
        return Api.stream(get("/containers/json?all=true&filters=" + filter(label, value)));
    }

    static List<JsonNode> networks(String label, String value) {
        return Api.stream(get("/networks?filters=" + filter(label, value)));
    }

    static List<JsonNode> volumes(String label, String value) {
        return Api.stream(get("/volumes?filters=" + filter(label, value)).path("Volumes"));
    }

    static List<JsonNode> images(String label, String value) {
        return Api.stream(get("/images/json?filters=" + filter(label, value)));
    }

    /** As {@code docker inspect} shows it. */
    static JsonNode container(String id) {
        return get("/containers/" + id + "/json");
    }

    static JsonNode network(String name) {
        return get("/networks/" + name);
    }

    static boolean hasVolume(String name) {
        return find("GET", "/volumes/" + name).isPresent();
    }

    /** {@code docker stop}. */
    static void stopContainer(String id) {
        call("POST", "/containers/" + id + "/stop?t=2");
    }

    /** {@code docker rm -f}. */
    static void removeContainer(String id) {
        find("DELETE", "/containers/" + id + "?force=true");
    }

    static void removeNetwork(String id) {
        find("DELETE", "/networks/" + id);
    }

    static void removeVolume(String name) {
        find("DELETE", "/volumes/" + name + "?force=true");
    }

    static void removeImage(String id) {
        find("DELETE", "/images/" + id + "?force=true");
    }

    /** {@code docker exec}, as the container's user; what the command said. Fails if it does. */
    static String exec(String container, String... command) {
        var ended = attempt(container, "", command);
        if (ended.status() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + ended.status() + ": " + ended.said());
        }
        return ended.said();
    }

    /** What a command said, and how it ended. */
    record Attempt(int status, String said) {}

    /** {@code docker exec --user}; the container's own user where that is empty. */
    static Attempt attempt(String container, String user, String... command) {
        var asked =
                Map.of("AttachStdout", true, "AttachStderr", true, "Tty", true, "User", user, "Cmd", List.of(command));
        var id = json(call("POST", "/containers/" + container + "/exec", jsonBody(asked)))
                .path("Id")
                .asString();
        // A terminal, so that the answer is what was said and not a stream of frames.
        var said = call("POST", "/exec/" + id + "/start", jsonBody(Map.of("Detach", false, "Tty", true)))
                .replace("\r\n", "\n")
                .strip();
        int status = get("/exec/" + id + "/json").path("ExitCode").asInt(-1);
        return new Attempt(status, said);
    }

    /** Whatever it answers to a read. */
    static String text(String path) {
        return call("GET", path);
    }

    private static JsonNode get(String path) {
        return json(call("GET", path));
    }

    private static JsonNode json(String text) {
        return Api.JSON.readTree(text);
    }

    private static String[] jsonBody(Object body) {
        return new String[] {"-H", "Content-Type: application/json", "-d", Api.JSON.writeValueAsString(body)};
    }

    private static String filter(String label, String value) {
        var json = Api.JSON.writeValueAsString(Map.of("label", List.of(label + "=" + value)));
        return java.net.URLEncoder.encode(json, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String call(String method, String path, String... options) {
        var arguments = new ArrayList<>(List.of(method, path));
        arguments.addAll(List.of(options));
        return ask(arguments).succeeded().out();
    }

    /** Empty where there is no such thing. */
    private static Optional<String> find(String method, String path) {
        var ended = ask(List.of(method, path));
        if (ended.status() != 0 && ended.err().contains("404")) {
            return Optional.empty();
        }
        return Optional.of(ended.succeeded().out());
    }

    private static Program.Ended ask(List<String> arguments) {
        var command = new ArrayList<>(
                List.of("bash", "-c", CALL, Path.of("infra/lib/engine.sh").toString()));
        command.addAll(arguments);
        return Program.run(Program.SHORT, command);
    }
}
