package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request, it is told what, by code and field, and nothing is recorded. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String HOST = "bad-inputs";
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String IMAGES = "/api/v1/images";
    private static final String JSON = "application/json";

    /** A host has this much. */
    private static final long HOST_MEMORY_BYTES = 4L << 30;

    private final TestServer server;
    /** Of a workspace that is there, at generation 1. */
    private final String workspace;

    private final String image;

    BadInputTest(TestServer server) {
        this.server = server;
        FakeAgent.online(server, HOST, FakeAgent.facts(4_000, HOST_MEMORY_BYTES, 0));
        var volumes = ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]";
        workspace = server.api()
                .post(WORKSPACES, Sent.with("taken", HOST, volumes), "Idempotency-Key", "bad-input-key")
                .expect(201)
                .id();
        image = server.api()
                .post(IMAGES, "{\"name\":\"taken\",\"reference\":\"postgres:18\"}")
                .expect(201)
                .id();
    }

    /** @param pointers the fields that the problem must name, no more and no less */
    private record Bad(
            String what,
            String method,
            String path,
            byte @Nullable [] body,
            List<String> headers,
            int status,
            String code,
            List<String> pointers) {
        Bad with(String... more) {
            var all = new ArrayList<>(headers);
            all.addAll(List.of(more));
            return new Bad(what, method, path, body, all, status, code, pointers);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Bad bad(
            String what,
            String method,
            String path,
            @Nullable String body,
            int status,
            String code,
            String... pointers) {
        var bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        return new Bad(what, method, path, bytes, List.of(), status, code, List.of(pointers));
    }

    /** A creation with fields of these values instead of good ones, or besides them. */
    private static Bad create(String what, String fields, String... pointers) {
        var good = fields.contains("\"name\":") && !fields.contains("[") ? "" : "\"name\":\"good\",";
        var image = fields.contains("\"image\":") ? "" : "\"image\":\"base\",";
        return bad(what, "POST", WORKSPACES, "{" + good + image + fields + "}", 400, "invalid", pointers);
    }

    private static Bad resources(String what, String fields, String pointer) {
        return create(what, "\"resources\":{" + fields + "}", pointer);
    }

    private static Bad mount(String what, String path) {
        return create(what, "\"volumes\":[{\"name\":\"data\",\"mountPath\":\"" + path + "\"}]", "/volumes/0/mountPath");
    }

    private static Bad git(String what, String fields, String pointer) {
        var volumes = "\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}],";
        return create(what, volumes + "\"git\":{" + fields + "}", pointer);
    }

    private static final String TRUE = "\"command\":\"true\",";

    private static Bad check(String what, String fields, String pointer) {
        return create(what, "\"healthCheck\":{" + fields + "}", "/healthCheck" + pointer);
    }

    private static String secrets(int count) {
        return IntStream.range(0, count).mapToObj(n -> "\"secret-" + n + "\"").collect(Collectors.joining(","));
    }

    private static Bad port(String what, String port) {
        return create(what, "\"apps\":[{\"name\":\"web\",\"port\":" + port + "}]", "/apps/0/port");
    }

    private static Bad env(String what, String name) {
        return create(
                what,
                "\"env\":{\"" + name + "\":\"x\"}",
                "/env/" + name.replace("~", "~0").replace("/", "~1"));
    }

    private static Bad name(String what, String name) {
        return create(what, "\"name\":\"" + name + "\"", "/name");
    }

    static Stream<Bad> names_and_fields() {
        return Stream.of(
                name("a name outside the grammar: capitals", "Api"),
                name("a name outside the grammar: two hyphens", "a--b"),
                name("a name outside the grammar: a hyphen last", "api-"),
                name("a name outside the grammar: a digit first", "1api"),
                name("a name outside the grammar: one character", "a"),
                name("a name outside the grammar: 25 characters", "a".repeat(25)),
                name("a name outside the grammar: empty", ""),
                name("a name outside the grammar: a NUL", "a\\u0000b"),
                name("a name outside the grammar: a line break", "api\\n"),
                name("a name outside the grammar: not ASCII", "äpi"),
                name("a name of nearly 1 MB", "a".repeat(1_000_000)),
                create("no name", "\"name\":null", "/name"),
                create("an image outside the grammar", "\"image\":\"../base\"", "/image"),
                create("an unknown image", "\"image\":\"nothing-like-it\"", "/image"),
                create("an unknown host", "\"host\":\"nowhere\"", "/host"),
                create("a host outside the grammar", "\"host\":\"no where\"", "/host"),
                create("an unknown state to be in", "\"desired\":\"paused\"", "/desired"),
                create("a timer that is no duration", "\"autoStop\":\"soon\"", "/autoStop"),
                create("a timer under a minute", "\"autoStop\":\"PT59S\"", "/autoStop"),
                create("a negative timer", "\"autoStop\":\"-PT2H\"", "/autoStop"),
                create("a timer of more than a year", "\"autoStop\":\"P366D\"", "/autoStop"),
                create("a timer past all numbers", "\"autoStop\":\"PT99999999999999999999H\"", "/autoStop"),
                env("an env name with a digit first", "1A"),
                env("an env name with a hyphen", "A-B"),
                env("an env name with =", "A=B"),
                env("an env name with / and ~", "A/B~C"),
                env("an env name that is empty", ""),
                env("an env name of 129 characters", "A".repeat(129)),
                create("an env value with a NUL", "\"env\":{\"A\":\"\\u0000\"}", "/env/A"),
                create("an env value with half a character", "\"env\":{\"A\":\"\\ud800\"}", "/env/A"),
                create("an env value that is null", "\"env\":{\"A\":null}", "/env/A"),
                create("an env value that is too long", "\"env\":{\"A\":\"" + "x".repeat(32_769) + "\"}", "/env/A"),
                mount("a relative mount path", "home/dev"),
                mount("an empty mount path", ""),
                mount("the root as a mount path", "/"),
                mount("a system mount path", "/etc"),
                mount("a mount path under a system path", "/etc/ssl/certs"),
                mount("another system mount path", "/proc/self"),
                mount("a mount path with a dot segment", "/home/./dev"),
                mount("a mount path that goes up", "/home/../etc"),
                mount("a mount path with an empty segment", "/home//dev"),
                mount("a mount path with a colon", "/home:/etc"),
                mount("a mount path with a comma", "/home,readonly"),
                mount("a mount path with a NUL", "/home\\u0000"),
                create(
                        "the same mount path twice",
                        "\"volumes\":[{\"name\":\"aa\",\"mountPath\":\"/data\"},{\"name\":\"bb\",\"mountPath\":\"/data\"}]",
                        "/volumes/1/mountPath"),
                create(
                        "the same volume name twice",
                        "\"volumes\":[{\"name\":\"aa\",\"mountPath\":\"/data\"},{\"name\":\"aa\",\"mountPath\":\"/more\"}]",
                        "/volumes/1/name"),
                create(
                        "a volume that nobody has",
                        "\"volumes\":[{\"name\":\"aa\",\"mountPath\":\"/data\",\"volume\":\"" + UUID.randomUUID()
                                + "\"}]",
                        "/volumes/0/volume"),
                create(
                        "a volume whose id is none",
                        "\"volumes\":[{\"name\":\"aa\",\"mountPath\":\"/data\",\"volume\":\"mine\"}]",
                        "/volumes/0/volume"),
                create("a volume without a path", "\"volumes\":[{\"name\":\"aa\"}]", "/volumes/0/mountPath"),
                create("a volume that is null", "\"volumes\":[null]", "/volumes/0"),
                port("port 0", "0"),
                port("port 65536", "65536"),
                port("a negative port", "-1"),
                port("a port that is no integer", "80.5"),
                port("a port as text", "\"80\""),
                port("a port past all integers", "99999999999999999999"),
                create("an app outside the grammar", "\"apps\":[{\"name\":\"Web\",\"port\":80}]", "/apps/0/name"),
                create(
                        "the same app twice",
                        "\"apps\":[{\"name\":\"web\",\"port\":80},{\"name\":\"web\",\"port\":81}]",
                        "/apps/1/name"),
                create(
                        "an app for an unknown audience",
                        "\"apps\":[{\"name\":\"web\",\"port\":80,\"visibility\":\"all\"}]",
                        "/apps/0/visibility"),
                create("an unknown field", "\"privileged\":true", "/privileged"),
                create("an unknown field further in", "\"resources\":{\"devices\":[]}", "/resources/devices"),
                create("a secret that nobody has", "\"secrets\":[\"nothing-like-it\"]", "/secrets/0"),
                create("a secret outside the grammar", "\"secrets\":[\"../key\"]", "/secrets/0"),
                create("a secret that is null", "\"secrets\":[null]", "/secrets/0"),
                create("the same secret twice", "\"secrets\":[\"aa\",\"aa\"]", "/secrets/1"),
                create("more secrets than may be", "\"secrets\":[" + secrets(21) + "]", "/secrets"),
                create("a secret in a variable that is none", "\"secretEnv\":{\"A-B\":\"aa\"}", "/secretEnv/A-B"),
                create("a secret in a variable that nobody has", "\"secretEnv\":{\"A\":\"aa\"}", "/secretEnv/A"),
                create(
                        "a secret in a variable that has a value",
                        "\"env\":{\"A\":\"1\"},\"secretEnv\":{\"A\":\"aa\"}",
                        "/secretEnv/A"),
                git("a repository without a URL", "\"ref\":\"main\"", "/git/url"),
                git("a repository by ssh", "\"url\":\"ssh://h/x.git\"", "/git/url"),
                git("a repository with a password in its URL", "\"url\":\"https://u:p@h/x.git\"", "/git/url"),
                git("a repository that is an option", "\"url\":\"--upload-pack=x\"", "/git/url"),
                git("a ref that is an option", "\"url\":\"https://h/x.git\",\"ref\":\"-f\"", "/git/ref"),
                git(
                        "a repository's secret that nobody has",
                        "\"url\":\"https://h/x.git\",\"secret\":\"nothing-like-it\"",
                        "/git/secret"),
                create("a repository without a volume", "\"git\":{\"url\":\"https://h/x.git\"}", "/git"),
                check("a health check without a command", "\"interval\":\"PT5S\"", "/command"),
                check("a health check of nothing", "\"command\":\" \"", "/command"),
                check("a health check with a NUL", "\"command\":\"a\\u0000\"", "/command"),
                check("a health check that is a script", "\"command\":\"" + "x".repeat(2_001) + "\"", "/command"),
                check("a check each second", TRUE + "\"interval\":\"PT1S\"", "/interval"),
                check("a check by the day", TRUE + "\"interval\":\"P1D\"", "/interval"),
                check("a check now and then", TRUE + "\"interval\":\"often\"", "/interval"),
                check("a check without time", TRUE + "\"timeout\":\"PT0S\"", "/timeout"),
                check("a check that may hang", TRUE + "\"timeout\":\"PT61S\"", "/timeout"),
                check("a check that may not fail", TRUE + "\"retries\":0", "/retries"),
                check("a check that may fail too often", TRUE + "\"retries\":21", "/retries"),
                check("a check with a start before it", TRUE + "\"startPeriod\":\"-PT1S\"", "/startPeriod"),
                check("a check that restarts perhaps", TRUE + "\"restart\":\"perhaps\"", "/restart"),
                check("a check as the engine has them", TRUE + "\"test\":[\"CMD\"]", "/test"),
                create("several things at once", "\"host\":\"A\",\"autoStop\":\"x\"", "/host", "/autoStop"));
    }

    static Stream<Bad> numbers_and_types() {
        return Stream.of(
                resources("memory one byte under 16 MiB", "\"memoryBytes\":16777215", "/resources/memoryBytes"),
                resources("no memory", "\"memoryBytes\":0", "/resources/memoryBytes"),
                resources("negative memory", "\"memoryBytes\":-1", "/resources/memoryBytes"),
                resources("memory over 64 TiB", "\"memoryBytes\":70368744177665", "/resources/memoryBytes"),
                resources(
                        "memory as the largest number",
                        "\"memoryBytes\":9223372036854775807",
                        "/resources/memoryBytes"),
                resources("memory past all numbers", "\"memoryBytes\":99999999999999999999", "/resources/memoryBytes"),
                resources("memory of 1.5 bytes", "\"memoryBytes\":1.5", "/resources/memoryBytes"),
                resources("memory as a float", "\"memoryBytes\":1e9", "/resources/memoryBytes"),
                resources("memory of 1e400", "\"memoryBytes\":1e400", "/resources/memoryBytes"),
                resources("memory of 1e999999999", "\"memoryBytes\":1e999999999", "/resources/memoryBytes"),
                resources("memory as text", "\"memoryBytes\":\"1073741824\"", "/resources/memoryBytes"),
                resources("memory as a truth", "\"memoryBytes\":true", "/resources/memoryBytes"),
                resources("no CPU", "\"cpus\":0", "/resources/cpus"),
                resources("too small a part of a CPU", "\"cpus\":0.009", "/resources/cpus"),
                resources("negative CPUs", "\"cpus\":-1", "/resources/cpus"),
                resources("too many CPUs", "\"cpus\":1025", "/resources/cpus"),
                resources("1e400 CPUs", "\"cpus\":1e400", "/resources/cpus"),
                resources("CPUs past all numbers", "\"cpus\":99999999999999999999", "/resources/cpus"),
                resources("CPUs as text", "\"cpus\":\"1\"", "/resources/cpus"),
                resources("negative GPUs", "\"gpus\":-1", "/resources/gpus"),
                resources("too many GPUs", "\"gpus\":65", "/resources/gpus"),
                resources("half a GPU", "\"gpus\":0.5", "/resources/gpus"),
                resources("GPUs past 32 bits", "\"gpus\":4294967297", "/resources/gpus"),
                create("a number for a name", "\"name\":7", "/name"),
                create("a truth for an image", "\"image\":true", "/image"),
                create("text for resources", "\"resources\":\"much\"", "/resources"),
                create("a list for resources", "\"resources\":[]", "/resources"),
                create("a list for env", "\"env\":[]", "/env"),
                create("a number for an env value", "\"env\":{\"A\":1}", "/env/A"),
                create("an object for volumes", "\"volumes\":{}", "/volumes"),
                create("text for apps", "\"apps\":\"web\"", "/apps"),
                create("a number for a timer", "\"autoStop\":60", "/autoStop"));
    }

    static Stream<Bad> documents() {
        return Stream.of(
                document("broken JSON", "{\"name\":\"good\""),
                document("no JSON at all", "name=good&image=base"),
                document("an empty document", " "),
                document("a null document", "null"),
                document("a list", "[]"),
                document("a list of good ones", "[{\"name\":\"good\",\"image\":\"base\"}]"),
                document("text", "\"good\""),
                document("a number", "1"),
                document("something behind the document", "{\"name\":\"good\",\"image\":\"base\"} {}"),
                document("a comment", "{/* */\"name\":\"good\",\"image\":\"base\"}"),
                document(
                        "a number that is none", "{\"name\":\"good\",\"image\":\"base\",\"resources\":{\"cpus\":NaN}}"),
                document("single quotes", "{'name':'good','image':'base'}"),
                document("2000 lists in each other", "[".repeat(2_000) + "]".repeat(2_000)),
                document(
                        "a number of 2000 digits",
                        "{\"name\":\"good\",\"image\":\"base\",\"resources\":{\"cpus\":" + "1".repeat(2_000) + "}}"),
                document("a field twice", "{\"name\":\"good\",\"name\":\"better\",\"image\":\"base\"}"),
                bytes("bytes that are no UTF-8", new byte[] {'{', '"', 'n', (byte) 0xff, (byte) 0xfe, '"', '}'}),
                bad(
                        "a body of 1 MiB and one byte",
                        "POST",
                        WORKSPACES,
                        " ".repeat((1 << 20) + 1),
                        413,
                        "body_too_large"),
                bad("a body of 5 MiB", "POST", WORKSPACES, " ".repeat(5 << 20), 413, "body_too_large"),
                bad("no body", "POST", WORKSPACES, null, 400, "invalid", "").with("Content-Type", JSON),
                bad("a body of another type", "POST", WORKSPACES, "{}", 415, "unsupported_media_type")
                        .with("Content-Type", "text/plain"),
                bad("a body of a type that is none", "POST", WORKSPACES, "{}", 415, "unsupported_media_type")
                        .with("Content-Type", "json"),
                bad("a form", "POST", WORKSPACES, "name=good", 415, "unsupported_media_type")
                        .with("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static Bad document(String what, String body) {
        return bad(what, "POST", WORKSPACES, body, 400, "invalid");
    }

    private static Bad bytes(String what, byte[] body) {
        return new Bad(what, "POST", WORKSPACES, body, List.of(), 400, "invalid", List.of());
    }

    static Stream<Bad> reads_and_paths() {
        var nobody = UUID.randomUUID();
        return Stream.of(
                bad("a limit of 0", "GET", WORKSPACES + "?limit=0", null, 400, "invalid", "?limit"),
                bad("a limit of 201", "GET", WORKSPACES + "?limit=201", null, 400, "invalid", "?limit"),
                bad("a limit that is no number", "GET", IMAGES + "?limit=all", null, 400, "invalid", "?limit"),
                bad("an empty limit", "GET", IMAGES + "?limit=", null, 400, "invalid", "?limit"),
                bad(
                        "a limit past all numbers",
                        "GET",
                        "/api/v1/hosts?limit=99999999999",
                        null,
                        400,
                        "invalid",
                        "?limit"),
                bad("a cursor that is not ours", "GET", WORKSPACES + "?cursor=abc", null, 400, "invalid", "?cursor"),
                bad("a cursor that is no base64", "GET", "/api/v1/volumes?cursor=!!", null, 400, "invalid", "?cursor"),
                bad(
                        "a cursor of a foreign list",
                        "GET",
                        "/api/v1/events?cursor=MTphYmM",
                        null,
                        400,
                        "invalid",
                        "?cursor"),
                bad("two cursors", "GET", IMAGES + "?cursor=a&cursor=b", null, 400, "invalid", "?cursor"),
                bad("an unknown parameter", "GET", WORKSPACES + "?sort=name", null, 400, "invalid", "?sort"),
                bad("an unknown state", "GET", WORKSPACES + "?state=happy", null, 400, "invalid", "?state"),
                bad("a position that is none", "GET", WORKSPACES, null, 400, "invalid", "Trailer-Position:")
                        .with("Trailer-Position", "soon"),
                bad("a moment that is none", "GET", "/api/v1/events?from=yesterday", null, 400, "invalid", "?from"),
                bad("a fact of a type there is not", "GET", "/api/v1/events?type=x", null, 400, "invalid", "?type"),
                bad("a workspace that is not there", "GET", WORKSPACES + "/" + nobody, null, 404, "not_found"),
                bad("a workspace whose id is none", "GET", WORKSPACES + "/api", null, 404, "not_found"),
                bad("a workspace whose id is a NUL", "GET", WORKSPACES + "/%00", null, 404, "not_found"),
                bad(
                        "a workspace whose id is long",
                        "GET",
                        WORKSPACES + "/" + "a".repeat(3_000),
                        null,
                        404,
                        "not_found"),
                bad("an image that is not there", "GET", IMAGES + "/" + nobody, null, 404, "not_found"),
                bad("a host that is not there", "GET", "/api/v1/hosts/" + nobody, null, 404, "not_found"),
                bad("to start what is not there", "POST", WORKSPACES + "/" + nobody + "/start", null, 404, "not_found"),
                bad("to stop what has no id", "POST", WORKSPACES + "/api/stop", null, 404, "not_found"),
                bad("to change what is not there", "PATCH", WORKSPACES + "/" + nobody, "{}", 404, "not_found"),
                bad("to delete what is not there", "DELETE", WORKSPACES + "/" + nobody, null, 404, "not_found"),
                bad(
                        "to delete a volume that is not there",
                        "DELETE",
                        "/api/v1/volumes/" + nobody,
                        null,
                        404,
                        "not_found"),
                bad("to build what is not there", "POST", IMAGES + "/" + nobody + "/builds", null, 404, "not_found"),
                bad(
                        "to cordon what is not there",
                        "POST",
                        "/api/v1/hosts/" + nobody + "/cordon",
                        null,
                        404,
                        "not_found"),
                bad("an unknown path", "GET", "/api/v1/nothing", null, 404, "no_such_path"),
                bad(
                        "an unknown path further in",
                        "GET",
                        WORKSPACES + "/" + nobody + "/nothing",
                        null,
                        404,
                        "no_such_path"),
                bad("a change at an unknown path", "POST", "/api/v1/nothing", "{}", 404, "no_such_path"),
                bad("a deletion at an unknown path", "DELETE", "/api/v1/nothing", null, 404, "no_such_path"),
                bad("a path outside the API", "POST", "/nothing", "{}", 404, "no_such_path"),
                bad("a method that is not allowed", "PUT", WORKSPACES, "{}", 405, "method_not_allowed"),
                bad("a deletion of everything", "DELETE", WORKSPACES, null, 405, "method_not_allowed"),
                bad(
                        "a read of an operation",
                        "GET",
                        WORKSPACES + "/" + nobody + "/start",
                        null,
                        405,
                        "method_not_allowed"),
                bad("an answer in another form", "GET", WORKSPACES, null, 406, "not_acceptable")
                        .with("Accept", "text/csv"),
                bad("to sign in with nothing", "POST", "/api/v1/session", "{}", 400, "invalid", "/link"),
                bad("a host without a name", "POST", "/api/v1/hosts", "{}", 400, "invalid", "/name"),
                bad("a host outside the grammar", "POST", "/api/v1/hosts", "{\"name\":\"A\"}", 400, "invalid", "/name"),
                bad(
                        "a host that is there",
                        "POST",
                        "/api/v1/hosts",
                        "{\"name\":\"" + HOST + "\"}",
                        409,
                        "name_in_use",
                        "/name"));
    }

    private static Bad image(String what, String fields, String... pointers) {
        return bad(what, "POST", IMAGES, "{\"name\":\"good\"," + fields + "}", 400, "invalid", pointers);
    }

    static Stream<Bad> images() {
        return Stream.of(
                bad(
                        "an image that is there",
                        "POST",
                        IMAGES,
                        "{\"name\":\"base\",\"reference\":\"x\"}",
                        409,
                        "name_in_use",
                        "/name"),
                image("an image of nothing", "\"files\":{}", "/dockerfile"),
                image("an image of two things", "\"dockerfile\":\"FROM x\",\"reference\":\"x\"", "/reference"),
                image("a reference with a password", "\"reference\":\"u:p@registry/x\"", "/reference"),
                image("a reference with a space", "\"reference\":\"x y\"", "/reference"),
                image("an image on one that is not there", "\"dockerfile\":\"FROM trailer/nothing\"", "/dockerfile"),
                image(
                        "an image on a version that is not there",
                        "\"dockerfile\":\"FROM trailer/base:99\"",
                        "/dockerfile"),
                image(
                        "a file outside the context",
                        "\"dockerfile\":\"FROM x\",\"files\":{\"../x\":\"\"}",
                        "/files/..~1x"),
                image(
                        "a Dockerfile with a password",
                        "\"dockerfile\":\"FROM x\\nRUN git clone https://u:p@h/x\"",
                        "/dockerfile"),
                image(
                        "a registry's secret that nobody has",
                        "\"reference\":\"x:1\",\"registrySecret\":\"nothing-like-it\"",
                        "/registrySecret"),
                image(
                        "a registry's secret with no name for one",
                        "\"dockerfile\":\"FROM x\",\"registrySecret\":\"A A\"",
                        "/registrySecret"),
                image("a Dockerfile with a NUL", "\"dockerfile\":\"FROM x\\u0000\"", "/dockerfile"),
                image("a Dockerfile with half a character", "\"dockerfile\":\"FROM x\\ud800\"", "/dockerfile"),
                image("a file with a NUL", "\"dockerfile\":\"FROM x\",\"files\":{\"a\":\"\\u0000\"}", "/files/a"),
                image(
                        "a build argument with a NUL",
                        "\"dockerfile\":\"FROM x\",\"buildArgs\":{\"A\":\"\\u0000\"}",
                        "/buildArgs/A"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"names_and_fields", "numbers_and_types", "documents", "reads_and_paths", "images"})
    void is_told_what_is_wrong_and_records_nothing(Bad bad) {
        refused(bad);
    }

    /** What needs something that is there. */
    Stream<Bad> changes() {
        var path = WORKSPACES + "/" + workspace;
        var tooMuch = "\"resources\":{\"memoryBytes\":" + (HOST_MEMORY_BYTES + 1) + "}";
        return Stream.of(
                bad(
                        "a name that is taken",
                        "POST",
                        WORKSPACES,
                        Sent.workspace("taken", HOST),
                        409,
                        "name_in_use",
                        "/name"),
                bad(
                        "more memory than its host has",
                        "POST",
                        WORKSPACES,
                        "{\"name\":\"good\",\"image\":\"base\",\"host\":\"" + HOST + "\"," + tooMuch + "}",
                        409,
                        "no_capacity",
                        "/resources"),
                bad(
                        "more than any host has",
                        "POST",
                        WORKSPACES,
                        "{\"name\":\"good\",\"image\":\"base\",\"resources\":{\"memoryBytes\":70368744177664}}",
                        409,
                        "no_capacity",
                        "/resources"),
                bad(
                        "a change to more memory than its host has",
                        "PATCH",
                        path,
                        "{" + tooMuch + "}",
                        409,
                        "no_capacity",
                        "/resources"),
                patch("a change of the host", "{\"host\":\"first\"}", "/host"),
                patch("a change to no name", "{\"name\":null}", "/name"),
                patch("a change to a bad name", "{\"name\":\"A\"}", "/name"),
                patch("a change to an unknown field", "{\"privileged\":true}", "/privileged"),
                patch("a change to 1e400 bytes", "{\"resources\":{\"memoryBytes\":1e400}}", "/resources/memoryBytes"),
                patch("a change to 1e400 CPUs", "{\"resources\":{\"cpus\":1e400}}", "/resources/cpus"),
                patch(
                        "a change to memory past all numbers",
                        "{\"resources\":{\"memoryBytes\":99999999999999999999}}",
                        "/resources/memoryBytes"),
                patch("a change to 1.5 bytes", "{\"resources\":{\"memoryBytes\":1.5}}", "/resources/memoryBytes"),
                patch("a change to GPUs past 32 bits", "{\"resources\":{\"gpus\":4294967297}}", "/resources/gpus"),
                patch("a change to text for CPUs", "{\"resources\":{\"cpus\":\"1\"}}", "/resources/cpus"),
                patch(
                        "a change to a system path",
                        "{\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/etc\"}]}",
                        "/volumes/0/mountPath"),
                bad("a change by a list", "PATCH", path, "[]", 400, "invalid"),
                bad("a change by null", "PATCH", path, "null", 400, "invalid"),
                bad("a change with a field twice", "PATCH", path, "{\"name\":\"aa\",\"name\":\"bb\"}", 400, "invalid"),
                bad("a change with more behind it", "PATCH", path, "{} {}", 400, "invalid"),
                bad("a change of another type", "PATCH", path, "{}", 415, "unsupported_media_type")
                        .with("Content-Type", "text/plain"),
                bad("a change to what was another", "PATCH", path, "{\"name\":\"other\"}", 412, "stale")
                        .with("If-Match", "\"7\""),
                bad("a stop of what was another", "POST", path + "/stop", null, 412, "stale")
                        .with("If-Match", "\"0\""),
                bad("a deletion of what was another", "DELETE", path, null, 412, "stale")
                        .with("If-Match", "\"2\""),
                bad("a tag that is none", "PATCH", path, "{}", 400, "invalid", "If-Match:")
                        .with("If-Match", "1"),
                bad("a weak tag", "POST", path + "/stop", null, 400, "invalid", "If-Match:")
                        .with("If-Match", "W/\"1\""),
                bad("an empty tag", "DELETE", path, null, 400, "invalid", "If-Match:")
                        .with("If-Match", "\"\""),
                bad("a tag past all numbers", "DELETE", path, null, 400, "invalid", "If-Match:")
                        .with("If-Match", "\"" + "9".repeat(30) + "\""),
                bad(
                                "a key used for another body",
                                "POST",
                                WORKSPACES,
                                Sent.workspace("other", HOST),
                                422,
                                "idempotency_key_reused",
                                "Idempotency-Key:")
                        .with("Idempotency-Key", "bad-input-key"),
                bad(
                                "a key used at another path",
                                "POST",
                                path + "/stop",
                                null,
                                422,
                                "idempotency_key_reused",
                                "Idempotency-Key:")
                        .with("Idempotency-Key", "bad-input-key"),
                bad("a key that is too long", "POST", path + "/stop", null, 400, "invalid", "Idempotency-Key:")
                        .with("Idempotency-Key", "x".repeat(201)),
                bad("a key with a space", "POST", path + "/stop", null, 400, "invalid", "Idempotency-Key:")
                        .with("Idempotency-Key", "a b"),
                bad(
                        "an unknown parameter of a change",
                        "POST",
                        path + "/stop?force=true",
                        null,
                        400,
                        "invalid",
                        "?force"),
                bad(
                        "volumes neither kept nor deleted",
                        "DELETE",
                        path + "?volumes=burn",
                        null,
                        400,
                        "invalid",
                        "?volumes"),
                bad("a host that is in use", "DELETE", "/api/v1/hosts/" + host(), null, 409, "host_in_use"),
                bad(
                        "a change of an image's name",
                        "PATCH",
                        IMAGES + "/" + image,
                        "{\"name\":\"other\"}",
                        400,
                        "fixed",
                        "/name"),
                bad(
                                "a change of an image that was another",
                                "PATCH",
                                IMAGES + "/" + image,
                                "{\"reference\":\"x\"}",
                                412,
                                "stale")
                        .with("If-Match", "\"9\""),
                bad(
                        "a build on a host that is not there",
                        "POST",
                        IMAGES + "/" + image + "/builds",
                        "{\"host\":\"nowhere\"}",
                        400,
                        "invalid",
                        "/host"));
    }

    private Bad patch(String what, String body, String pointer) {
        return bad(what, "PATCH", WORKSPACES + "/" + workspace, body, 400, "invalid", pointer);
    }

    private String host() {
        server.awaitQuiet();
        return server.api().get(WORKSPACES + "/" + workspace).text("/hostId");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void is_told_what_is_wrong_with_a_change_and_records_nothing(Bad bad) {
        refused(bad);
    }

    private void refused(Bad bad) {
        long before = server.head();
        var headers = bad.headers.toArray(String[]::new);
        var reply = send(bad, headers);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(bad.status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.text("/code")).isEqualTo(bad.code);
        assertThat(reply.number("/status")).isEqualTo(bad.status);
        assertThat(reply.text("/title")).isNotBlank();
        assertThat(reply.text("/detail")).isNotBlank();
        if (!bad.pointers.isEmpty()) {
            var named = reply.json().at("/errors").valueStream().map(e -> e.get("pointer")
                    .asString());
            assertThat(named).as(reply.toString()).containsExactlyElementsOf(bad.pointers);
        }
        assertThat(server.head()).as("nothing was recorded").isEqualTo(before);
    }

    private Reply send(Bad bad, String[] headers) {
        return bad.method.equals("PATCH") && bad.body != null
                ? server.api().patch(bad.path, new String(bad.body, StandardCharsets.UTF_8), headers)
                : server.api().sendBytes(bad.method, bad.path, bad.body, headers);
    }

    @Test
    void a_method_that_is_not_allowed_is_told_which_are() {
        var reply = server.api().send("PUT", WORKSPACES, "{}").expect(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void after_all_that_every_view_goes_on() {
        server.api().post(WORKSPACES, Sent.workspace("after-all-that", HOST)).expect(201);
        server.awaitQuiet();
        server.anonymous().get("/readyz").expect(200);
    }
}
