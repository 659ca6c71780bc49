package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.secrets.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets are written and never read back; what is kept of their values is sealed. */
@ExtendWith(SharedServer.class)
class SecretsTest {
    private static final String SECRETS = "/api/v1/secrets";
    private static final String MARKER = "s3cr3t-m4rker-of-this-test";

    private final TestServer server;
    private final Api api;

    SecretsTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private Reply create(String name, String value) {
        return api.post(SECRETS, "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}");
    }

    private Reply read(String id) {
        return api.get(SECRETS + "/" + id, "Trailer-Position", Long.toString(server.head()));
    }

    private String opened(String id) {
        var value = server.part(Vault.class).open(new SecretId(id)).orElseThrow();
        return new String(value.value(), StandardCharsets.UTF_8);
    }

    private long rows(String id) {
        return server.sql()
                .sql("select (select count(*) from secret_value where secret = :id)"
                        + " + (select count(*) from secret_use where secret = :id)")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    @Nested
    class ASecret {
        @Test
        void is_told_by_name_and_version_and_never_by_its_value() {
            var created = create("told", MARKER).expect(201);
            assertThat(created.header("ETag")).isEqualTo("\"1\"");
            assertThat(created.header("Location")).isEqualTo(SECRETS + "/" + created.id());
            var renewed = api.post(SECRETS + "/" + created.id() + "/versions", "{\"value\":\"" + MARKER + "-2\"}")
                    .expect(200);
            assertThat(renewed.number("/version")).isEqualTo(2);
            var read = read(created.id()).expect(200);
            assertThat(read.text("/name")).isEqualTo("told");
            assertThat(read.text("/owner")).isEqualTo("admin");
            assertThat(read.number("/version")).isEqualTo(2);
            assertThat(read.text("/createdAt")).isLessThanOrEqualTo(read.text("/renewedAt"));
            assertThat(read.text("/lastUsedAt")).isEmpty();
            var list = api.get(SECRETS + "?limit=100").expect(200);
            var facts = api.get("/api/v1/events?resource=" + created.id()).expect(200);
            assertThat(facts.text("/items/0/type")).isEqualTo("secret.renewed");
            for (var reply : new Reply[] {created, renewed, read, list, facts}) {
                assertThat(reply.body()).doesNotContain(MARKER);
            }
            assertThat(opened(created.id())).isEqualTo(MARKER + "-2");
            assertThat(read(created.id()).text("/lastUsedAt")).isNotEmpty();
        }

        @Test
        void takes_any_bytes_in_base64() {
            var bytes = new byte[] {0, 1, (byte) 0xff, 10};
            var sent = "{\"name\":\"binary\",\"encoding\":\"base64\",\"value\":\""
                    + Base64.getEncoder().encodeToString(bytes) + "\"}";
            var id = api.post(SECRETS, sent).expect(201).id();
            assertThat(server.part(Vault.class)
                            .open(new SecretId(id))
                            .orElseThrow()
                            .value())
                    .isEqualTo(bytes);
        }

        @Test
        void of_a_name_that_is_taken_is_refused_and_leaves_no_value_behind() {
            var values = "select count(*) from secret_value";
            create("taken-secret", "first").expect(201);
            long before = server.sql().sql(values).query(Long.class).single();
            var refused = create("taken-secret", "second").expect(409);
            assertThat(refused.text("/code")).isEqualTo("name_in_use");
            assertThat(server.sql().sql(values).query(Long.class).single()).isEqualTo(before);
        }

        @Test
        void is_renewed_by_many_at_once_each_as_a_version_of_its_own() {
            var id = create("contested", "one").expect(201).id();
            IntStream.range(0, 8).parallel().forEach(n -> api.post(
                            SECRETS + "/" + id + "/versions", "{\"value\":\"v" + n + "\"}")
                    .expect(200));
            assertThat(read(id).number("/version")).isEqualTo(9);
            // Whichever was last, it opens: its seal is bound to the version that was recorded with it.
            assertThat(opened(id)).matches("v[0-7]");
        }

        @Test
        void that_somebody_changed_since_it_was_read_is_not_renewed() {
            var id = create("conditional", "one").expect(201).id();
            var versions = SECRETS + "/" + id + "/versions";
            api.post(versions, "{\"value\":\"two\"}", "If-Match", "\"1\"").expect(200);
            assertThat(api.post(versions, "{\"value\":\"three\"}", "If-Match", "\"1\"")
                            .expect(412)
                            .text("/code"))
                    .isEqualTo("stale");
            assertThat(opened(id)).isEqualTo("two");
        }
    }

    @Nested
    class ADeletedSecret {
        @Test
        void is_gone_with_its_value_and_frees_its_name() {
            var id = create("short-lived", MARKER).expect(201).id();
            assertThat(opened(id)).isEqualTo(MARKER);
            assertThat(rows(id)).isEqualTo(2);
            api.delete(SECRETS + "/" + id).expect(200);
            assertThat(rows(id)).isZero();
            assertThat(read(id).status()).isEqualTo(404);
            assertThat(api.delete(SECRETS + "/" + id).status()).isEqualTo(404);
            create("short-lived", "again").expect(201);
        }
    }

    @Nested
    class ADryRun {
        @Test
        void keeps_nothing() {
            long before = server.sql()
                    .sql("select count(*) from secret_value")
                    .query(Long.class)
                    .single();
            var told = api.post(SECRETS + "?dryRun=true", "{\"name\":\"rehearsed\",\"value\":\"" + MARKER + "\"}")
                    .expect(200);
            assertThat(told.text("/events/0/type")).isEqualTo("secret.created");
            assertThat(told.body()).doesNotContain(MARKER);
            assertThat(server.sql()
                            .sql("select count(*) from secret_value")
                            .query(Long.class)
                            .single())
                    .isEqualTo(before);
        }
    }

    @Nested
    class AWorkspacesSecrets {
        private String workspace(FakeAgent agent, String name, String secret) {
            var more = ",\"secrets\":[\"" + secret + "\"],\"secretEnv\":{\"TOKEN\":\"" + secret + "\"}";
            return api.post("/api/v1/workspaces", Sent.with(name, agent.hostName(), more))
                    .expect(201)
                    .id();
        }

        private FakeAgent online(String host) {
            return FakeAgent.online(server, host, FakeAgent.facts(8_000, 8L << 30, 0));
        }

        @Test
        void are_given_to_its_own_host_and_to_no_other() {
            var mine = online("secrets-mine");
            var other = online("secrets-other");
            var secret = create("delivered", MARKER).expect(201).id();
            var id = workspace(mine, "delivered", "delivered");
            server.awaitQuiet();
            assertThat(mine.tryPoll("").body()).contains(secret).doesNotContain(MARKER);

            var given = mine.trySecrets(id).expect(200);
            assertThat(given.header("Cache-Control")).isEqualTo("no-store");
            assertThat(given.text("/values/0/secret")).isEqualTo(secret);
            assertThat(new String(Base64.getDecoder().decode(given.text("/values/0/value")), StandardCharsets.UTF_8))
                    .isEqualTo(MARKER);
            assertThat(other.trySecrets(id).expect(404).text("/code")).isEqualTo("not_found");
            assertThat(mine.trySecrets(secret).expect(404).text("/code")).isEqualTo("not_found");
            assertThat(mine.trySecrets("nonsense").status()).isEqualTo(404);
            assertThat(api.get("/agent/v1/secrets/workspaces/" + id).status()).isEqualTo(401);

            var read = api.get("/api/v1/workspaces/" + id).expect(200);
            assertThat(read.text("/secrets/0")).isEqualTo("delivered");
            assertThat(read.text("/secretEnv/TOKEN")).isEqualTo("delivered");
            assertThat(read(secret).text("/usedBy/0/workspaceId")).isEqualTo(id);
            assertThat(read(secret).json().at("/usedBy").size()).isEqualTo(1);
            assertThat(read(secret).text("/lastUsedAt")).isNotEmpty();
        }

        @Test
        void are_refused_from_the_moment_they_or_it_are_deleted_or_its_host_has_another_agent() {
            var agent = online("secrets-gone");
            var secret = create("revoked", MARKER).expect(201).id();
            var id = workspace(agent, "revoked", "revoked");
            var stays = workspace(agent, "stays", "revoked");
            agent.trySecrets(id).expect(200);
            api.delete("/api/v1/workspaces/" + id).expect(202);
            assertThat(agent.trySecrets(id).status()).isEqualTo(404);

            api.delete(SECRETS + "/" + secret).expect(200);
            var gone = agent.trySecrets(stays).expect(409);
            assertThat(gone.text("/code")).isEqualTo("secret_gone");
            assertThat(gone.text("/detail")).contains("revoked");
            // Another one of the same name is another one.
            create("revoked", "not that one").expect(201);
            assertThat(agent.trySecrets(stays).status()).isEqualTo(409);
            // A change names it anew, and so the new one is meant.
            api.patch("/api/v1/workspaces/" + stays, "{\"autoStop\":\"PT2H\"}").expect(200);
            assertThat(agent.trySecrets(stays).expect(200).body()).doesNotContain(MARKER);

            var old = agent.session();
            agent.openSession();
            assertThat(server.anonymous()
                            .as(old.token())
                            .get("/agent/v1/secrets/workspaces/" + stays)
                            .expect(409)
                            .text("/code"))
                    .isEqualTo("epoch_superseded");
        }

        @Test
        void can_be_taken_out_again() {
            var agent = online("secrets-out");
            create("taken-out", MARKER).expect(201);
            var path = "/api/v1/workspaces/" + workspace(agent, "taken-out", "taken-out");
            var changed = api.patch(path, "{\"secrets\":null,\"secretEnv\":{\"TOKEN\":null}}")
                    .expect(200);
            assertThat(changed.text("/secrets")).isEqualTo("[]");
            assertThat(changed.text("/secretEnv")).isEqualTo("{}");
            assertThat(changed.number("/generation")).isEqualTo(2);
        }
    }

    @Nested
    class ARegistrysSecret {
        @Test
        void is_given_to_hosts_that_need_the_image_or_what_is_built_on_it_and_to_no_other() {
            var mine = FakeAgent.online(server, "registry-mine", FakeAgent.facts(8_000, 8L << 30, 0));
            var other = FakeAgent.online(server, "registry-other", FakeAgent.facts(8_000, 8L << 30, 0));
            create("registry", "robot:" + MARKER).expect(201);
            var image = api.post(
                            "/api/v1/images",
                            "{\"name\":\"private\",\"reference\":\"r.example:5000/x:1\",\"registrySecret\":\"registry\"}")
                    .expect(201);
            assertThat(image.text("/versions/0/registrySecret")).isEqualTo("registry");
            api.post("/api/v1/images", "{\"name\":\"on-private\",\"dockerfile\":\"FROM trailer/private\"}")
                    .expect(201);
            assertThat(mine.tryImageSecrets(image.id(), 1).status()).isEqualTo(404);
            var spec = Sent.workspace("on-private", "registry-mine").replace("\"base\"", "\"on-private\"");
            api.post("/api/v1/workspaces", spec).expect(201);
            var given = mine.tryImageSecrets(image.id(), 1).expect(200);
            assertThat(new String(Base64.getDecoder().decode(given.text("/values/0/value")), StandardCharsets.UTF_8))
                    .isEqualTo("robot:" + MARKER);
            assertThat(other.tryImageSecrets(image.id(), 1).status()).isEqualTo(404);
            assertThat(mine.tryImageSecrets(image.id(), 2).status()).isEqualTo(404);
            api.post("/api/v1/images/" + image.id() + "/builds", "{\"host\":\"registry-other\"}")
                    .expect(202);
            other.tryImageSecrets(image.id(), 1).expect(200);
        }

        @Test
        void is_given_to_a_host_that_is_asked_for_a_build_of_what_is_built_on_the_image() {
            var host = FakeAgent.online(server, "registry-builds", FakeAgent.facts(8_000, 8L << 30, 0));
            create("registry-base", "robot:" + MARKER).expect(201);
            var base = api.post(
                            "/api/v1/images",
                            "{\"name\":\"private-base\",\"reference\":\"r.example/x:1\",\"registrySecret\":\"registry-base\"}")
                    .expect(201)
                    .id();
            var built = api.post(
                            "/api/v1/images",
                            "{\"name\":\"on-private-base\",\"dockerfile\":\"FROM trailer/private-base\"}")
                    .expect(201)
                    .id();
            assertThat(host.tryImageSecrets(base, 1).status()).isEqualTo(404);
            api.post("/api/v1/images/" + built + "/builds", "{\"host\":\"registry-builds\"}")
                    .expect(202);
            host.tryImageSecrets(base, 1).expect(200);
            host.converge();
            assertThat(host.tryImageSecrets(base, 1).status())
                    .as("once it is built")
                    .isEqualTo(404);
        }

        @Test
        void goes_with_a_dockerfile_that_takes_from_one_registry_alone() {
            create("registry-from", "robot:" + MARKER).expect(201);
            var image = api.post(
                            "/api/v1/images",
                            "{\"name\":\"from-private\",\"dockerfile\":\"FROM r.example/x:1\",\"registrySecret\":\"registry-from\"}")
                    .expect(201);
            assertThat(image.text("/versions/0/registrySecret")).isEqualTo("registry-from");
            var path = "/api/v1/images/" + image.id();
            for (var dockerfile : List.of(
                    "FROM r.example/x:1\\nCOPY --from=s.example/y / /",
                    "ARG R\\nFROM $R/x:1",
                    "FROM trailer/from-private")) {
                var refused = api.patch(path, "{\"dockerfile\":\"" + dockerfile + "\"}");
                assertThat(refused.status()).as(dockerfile).isEqualTo(400);
                assertThat(refused.text("/errors/0/pointer")).isEqualTo("/registrySecret");
            }
            var without = api.patch(path, "{\"dockerfile\":\"FROM s.example/y\",\"registrySecret\":null}");
            assertThat(without.expect(200).text("/versions/1/registrySecret")).isEmpty();
        }

        @Test
        void that_was_deleted_is_told_as_gone() {
            var host = FakeAgent.online(server, "registry-gone", FakeAgent.facts(8_000, 8L << 30, 0));
            var secret = create("registry-gone", "robot:" + MARKER).expect(201).id();
            var image = api.post(
                            "/api/v1/images",
                            "{\"name\":\"gone-private\",\"reference\":\"r.example/x:1\",\"registrySecret\":\"registry-gone\"}")
                    .expect(201)
                    .id();
            api.post("/api/v1/images/" + image + "/builds", "{\"host\":\"registry-gone\"}")
                    .expect(202);
            api.delete("/api/v1/secrets/" + secret).expect(200);
            assertThat(host.tryImageSecrets(image, 1).text("/code")).isEqualTo("secret_gone");
        }
    }

    @Nested
    class BadInput {
        @Test
        void is_told_by_field_and_never_repeated() {
            refused("{\"name\":\"Bad\",\"value\":\"" + MARKER + "\"}", "/name");
            refused("{\"name\":\"empty\",\"value\":\"\"}", "/value");
            refused("{\"name\":\"large\",\"value\":\"" + MARKER + "x".repeat(64 << 10) + "\"}", "/value");
            refused("{\"name\":\"no-base\",\"encoding\":\"base64\",\"value\":\"" + MARKER + "!\"}", "/value");
            refused("{\"name\":\"encoded\",\"encoding\":\"rot13\",\"value\":\"" + MARKER + "\"}", "/encoding");
            refused("{\"name\":\"more\",\"value\":\"" + MARKER + "\",\"" + "owner\":\"me\"}", "/owner");
            refused("{\"name\":\"number\",\"value\":4711}", "/value");
        }

        private void refused(String body, String pointer) {
            var reply = api.post(SECRETS, body).expect(400);
            assertThat(reply.text("/errors/0/pointer")).isEqualTo(pointer);
            assertThat(reply.body()).doesNotContain(MARKER, "4711");
        }
    }

    @Nested
    class TheKeyFile {
        @Test
        void is_its_owners_alone_and_its_key_is_not_in_the_database() throws IOException {
            var file = server.data().resolve("secrets-key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var key = Files.readAllLines(file).getLast().split(" ")[1];
            var rows = server.sql()
                    .sql("select encode(nonce, 'base64') || encode(sealed, 'base64') from secret_key"
                            + " union all select encode(nonce, 'base64') || encode(sealed, 'base64') from secret_value")
                    .query(String.class)
                    .list();
            assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(key));
        }
    }
}
