package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.process.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** No secret is found by searching what there is to search, after it was used in every way and much went wrong with it. */
@EndToEnd
@Order(6)
class SecretsNowhereTest {
    private static final long MEMORY_BYTES = 96L << 20;
    private static final String FILE = "/run/secrets/nowhere-file";

    private final Trailer trailer;
    private final Api api;
    private final String file = marker("file");
    private final String renewed = marker("renewed");
    private final String variable = marker("variable");
    private final String git = marker("git");
    private final String deleted = marker("deleted");
    private Workspace withFile;
    private Workspace withVariable;
    private Workspace withGit;

    SecretsNowhereTest(Trailer trailer) {
        this.trailer = trailer;
        api = trailer.api();
        withFile = new Workspace(api, "none yet");
        withVariable = withFile;
        withGit = withFile;
    }

    private static String marker(String what) {
        return "s3cr3t-" + what + "-" + UUID.randomUUID();
    }

    private List<String> markers() {
        return List.of(file, renewed, variable, git, deleted);
    }

    private String keep(String name, String value) {
        return api.post("/api/v1/secrets", Api.JSON.writeValueAsString(Map.of("name", name, "value", value)))
                .path("id")
                .asString();
    }

    private Workspace create(String name, Map<String, Object> more) {
        var spec = new HashMap<String, Object>(more);
        spec.put("name", name);
        spec.put("image", "base");
        spec.put("resources", Map.of("cpus", 0.2, "memoryBytes", MEMORY_BYTES));
        spec.put("volumes", List.of(Map.of("name", "home", "mountPath", "/home/dev")));
        return Workspace.create(api, spec);
    }

    @BeforeAll
    void secrets_are_used_in_every_way_and_things_go_wrong() {
        trailer.awaitBaseBuilt();
        var id = keep("nowhere-file", file);
        keep("nowhere-variable", variable);
        keep("nowhere-git", "someone:" + git);
        var gone = keep("nowhere-deleted", deleted);
        withFile = create("nowhere-file", Map.of("secrets", List.of("nowhere-file")))
                .awaitRunning();
        withVariable = create("nowhere-variable", Map.of("secretEnv", Map.of("TOKEN", "nowhere-variable")))
                .awaitRunning();
        // Nothing listens there: git says so, with the URL and all it thinks of it.
        withGit = create(
                "nowhere-git", Map.of("git", Map.of("url", "http://127.0.0.1:9/nowhere.git", "secret", "nowhere-git")));
        Workspace.await("the failed clone is told", () -> assertThat(withGit.read()
                        .path("observed")
                        .path("reason")
                        .path("message")
                        .asString(""))
                .contains("could not clone"));
        assertThat(withFile.exec("cat", FILE)).isEqualTo(file);
        assertThat(withVariable.exec("sh", "-c", "echo $TOKEN")).isEqualTo(variable);

        api.post("/api/v1/secrets/" + id + "/versions", "{\"value\":\"" + renewed + "\"}");
        withFile.ask("restart").awaitRunning();
        Workspace.await("the new value is there", () -> assertThat(withFile.exec("cat", FILE))
                .isEqualTo(renewed));
        api.delete("/api/v1/secrets/" + gone);
        // Refused for its name, and for its size.
        var again = Api.JSON.writeValueAsString(Map.of("name", "nowhere-file", "value", file));
        assertThat(api.ask("POST", "/api/v1/secrets", again).status()).isEqualTo(409);
        var large = Api.JSON.writeValueAsString(Map.of("name", "nowhere-large", "value", file.repeat(3_000)));
        assertThat(api.ask("POST", "/api/v1/secrets", large).status()).isEqualTo(400);
    }

    @AfterAll
    void leave() {
        for (var workspace : List.of(withFile, withVariable, withGit)) {
            workspace.delete("?volumes=delete");
        }
    }

    /** As it is, in hexadecimal as the database shows bytes, and in base64. */
    private static List<String> forms(String marker) {
        byte[] bytes = marker.getBytes(StandardCharsets.UTF_8);
        return List.of(
                marker,
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }

    private static void assertNone(String where, String text, List<String> markers) {
        for (String marker : markers) {
            for (String form : forms(marker)) {
                assertThat(text.contains(form))
                        .as(where + " has " + marker + " as " + form)
                        .isFalse();
            }
        }
    }

    private Database database() {
        var data = trailer.up().data().resolve("postgres");
        try {
            int port = Integer.parseInt(Files.readAllLines(data.resolve("data/postmaster.pid"))
                    .get(3)
                    .strip());
            return new Database(
                    port, "trailer", Files.readString(data.resolve("password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(1)
    void not_in_any_row_of_any_table() throws SQLException {
        var looked = new ArrayList<String>();
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery(
                    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in"
                            + " ('pg_catalog', 'information_schema')")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (var rows = statement.executeQuery("select t::text from " + table + " t")) {
                    while (rows.next()) {
                        looked.add(table);
                        assertNone(table, rows.getString(1), markers());
                    }
                }
            }
        }
        assertThat(looked)
                .contains("public.ledger_event", "public.secret_value", "public.view_secrets", "public.attempt_note");
    }

    /** Logs, the database's own files, keys, checkpoints: whatever lies in the data directory. */
    @Test
    @Order(2)
    void not_in_any_file_that_server_and_agent_keep() throws IOException {
        var looked = new ArrayList<Path>();
        try (var all = Files.walk(trailer.up().data())) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                // Byte for byte. A file of the database may go while we look.
                var text = Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
                assertNone(path.toString(), text, markers());
                looked.add(path.getFileName());
            }
        }
        assertThat(looked).contains(Path.of("trailer.log"), Path.of("secrets-key"), Path.of("checkpoints.ndjson"));
    }

    @Test
    @Order(3)
    void not_in_what_the_engine_tells_of_containers_images_and_volumes() {
        for (var workspace : List.of(withFile, withGit)) {
            var container = workspace.container();
            assertNone("container", container.toString(), markers());
            assertNone(
                    "changes", Engine.text("/containers/" + container.path("Id").asString() + "/changes"), markers());
            assertThat(Engine.text("/containers/" + container.path("Id").asString() + "/changes"))
                    .doesNotContain(FILE);
            var image = container.path("Image").asString();
            assertNone("image", Engine.text("/images/" + image + "/json"), markers());
            assertNone("history", Engine.text("/images/" + image + "/history"), markers());
            container
                    .path("Mounts")
                    .forEach(mount -> assertNone(
                            "volume",
                            Engine.text("/volumes/" + mount.path("Name").asString()),
                            markers()));
            assertThat(workspace.exec(
                            "sh", "-c", "grep -rl s3cr3t /home /tmp /var /etc /opt /srv 2>/dev/null; echo looked"))
                    .isEqualTo("looked");
        }
        // What was asked for as a variable is there by nature, and nowhere else.
        var container = withVariable.container().toString();
        assertThat(container).contains(variable);
        assertNone("the container with the variable", container, List.of(file, renewed, git, deleted));
    }

    @Test
    @Order(4)
    void not_in_anything_that_the_api_answers() throws IOException, InterruptedException {
        var token = Files.readString(trailer.up().data().resolve("admin-token")).strip();
        for (String path : List.of(
                "/audit/export",
                "/events?limit=200",
                "/workspaces?limit=200",
                "/secrets?limit=200",
                "/hosts",
                "/images",
                "/volumes")) {
            assertNone(path, api.ask("GET", "/api/v1" + path, null).text(), markers());
        }
        assertNone("the stream", stream(token), markers());
    }

    /** All facts from the first on, as a browser would be told them. */
    private String stream(String token) throws IOException, InterruptedException {
        var head =
                api.items("/api/v1/events?limit=1").getFirst().path("position").asLong();
        var request = HttpRequest.newBuilder(URI.create(trailer.base() + "/api/v1/stream?after=0"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60))
                .build();
        var read = new StringBuilder();
        try (var client = HttpClient.newHttpClient();
                var lines = client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            boolean isLast = false;
            for (var all = lines.iterator(); all.hasNext() && System.nanoTime() < end; ) {
                var line = all.next();
                read.append(line).append('\n');
                // Its data follows its id, and a blank line ends it.
                isLast |= line.startsWith("id: " + head + "-");
                if (isLast && line.isEmpty()) {
                    break;
                }
            }
            client.shutdownNow();
        }
        assertThat(read.toString()).contains("secret.renewed", "secret.deleted");
        return read.toString();
    }
}
