package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody gets in without a credential, and each credential ends when it should. */
@ExtendWith(SharedServer.class)
class SignInTest {
    private static final String SESSION = "/api/v1/session";
    private static final String ME = "/api/v1/me";

    private final TestServer server;

    SignInTest(TestServer server) {
        this.server = server;
    }

    private Reply signIn(String link, String... headers) {
        return server.anonymous().post(SESSION, "{\"link\":\"" + link + "\"}", headers);
    }

    /** The cookie as a browser sends it back. */
    private String cookie() {
        var set = Objects.requireNonNull(
                signIn(server.server().firstStart().newSignInLink()).expect(204).header("Set-Cookie"));
        return set.substring(0, set.indexOf(';'));
    }

    @Nested
    class WithoutACredential {
        @Test
        void every_path_of_the_api_answers_401() {
            var document = server.api().get("/openapi.json").expect(200).json();
            var asked = new ArrayList<String>();
            document.at("/paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        var where = path.getKey().replaceAll("\\{[^}]*}", "0198c0de-0000-7000-8000-000000000001");
                        var method = operation.getKey().toUpperCase(Locale.ROOT);
                        if (List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)
                                && !(method.equals("POST") && where.equals(SESSION))) {
                            asked.add(method + " " + where);
                            isRefused(method, where);
                        }
                    }));
            assertThat(asked)
                    .hasSizeGreaterThan(20)
                    .contains("POST /api/v1/workspaces", "GET /api/v1/events", "GET /api/v1/stream");
        }

        private void isRefused(String method, String path) {
            var body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
            for (var reply : List.of(
                    server.anonymous().send(method, path, body),
                    server.anonymous().as("trl_made-up").send(method, path, body),
                    server.anonymous().send(method, path, body, "Cookie", "__Host-trailer=trs_made-up"),
                    server.anonymous().send(method, path, body, "Authorization", "Basic YWRtaW46YWRtaW4="))) {
                assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
                assertThat(reply.text("/code")).isEqualTo("unauthenticated");
                assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }

        @Test
        void what_is_not_in_the_document_answers_401_too() {
            for (var path : List.of(
                    "/openapi.json",
                    "/metrics",
                    "/api/v1/nothing",
                    "/api//v1/workspaces",
                    "/api;x=1/v1/workspaces",
                    "/%61pi/v1/workspaces",
                    "/actuator/env",
                    "/v3/api-docs",
                    "/agent/v1/desired",
                    "/agent/v1/images/x/1")) {
                assertThat(server.anonymous().get(path).status()).as(path).isEqualTo(401);
            }
            for (var path : List.of("/agent/v1/session", "/agent/v1/heartbeat", "/nothing")) {
                assertThat(server.anonymous().post(path, "{}").status())
                        .as(path)
                        .isEqualTo(401);
            }
        }

        @Test
        void whether_the_server_lives_and_is_ready_may_be_asked() {
            server.anonymous().get("/livez").expect(200);
            server.anonymous().get("/readyz").expect(200);
        }
    }

    @Nested
    class ALink {
        @Test
        void signs_in_once() {
            var link = server.server().firstStart().newSignInLink();
            signIn(link).expect(204);
            assertThat(signIn(link).expect(401).text("/code")).isEqualTo("sign_in_failed");
        }

        @Test
        void tried_20_times_at_once_signs_in_once() {
            var link = server.server().firstStart().newSignInLink();
            var replies = Together.times(20, _ -> signIn(link));
            assertThat(replies).filteredOn(r -> r.status() == 204).hasSize(1);
            assertThat(replies).filteredOn(r -> r.status() == 401).hasSize(19);
        }

        @Test
        void does_not_work_once_there_is_a_newer_one_or_it_is_too_old() {
            var older = server.server().firstStart().newSignInLink();
            var newer = server.server().firstStart().newSignInLink();
            signIn(older).expect(401);
            server.sql()
                    .sql("update sign_in_link set expires_at = now() - interval '1 second'")
                    .update();
            signIn(newer).expect(401);
        }

        @Test
        void that_nobody_gave_out_does_not_work() {
            for (var link : List.of("", "x", "tri_", "tri_" + "A".repeat(43), "tri_" + "A".repeat(5_000))) {
                assertThat(signIn(link).expect(401).text("/code")).isEqualTo("sign_in_failed");
            }
        }

        @Test
        void is_not_taken_from_another_sites_page() {
            var link = server.server().firstStart().newSignInLink();
            assertThat(signIn(link, "Sec-Fetch-Site", "cross-site").expect(403).text("/code"))
                    .isEqualTo("cross_site");
            assertThat(signIn(link, "Origin", "https://evil.example")
                            .expect(403)
                            .text("/code"))
                    .isEqualTo("cross_site");
            signIn(link, "Sec-Fetch-Site", "same-origin").expect(204);
        }
    }

    @Nested
    class ACookie {
        @Test
        void is_for_this_server_alone_and_no_script() {
            var set = signIn(server.server().firstStart().newSignInLink())
                    .expect(204)
                    .header("Set-Cookie");
            assertThat(Objects.requireNonNull(set).split("; "))
                    .contains("Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=604800")
                    .noneMatch(attribute -> attribute.startsWith("Domain"));
            assertThat(set).startsWith("__Host-trailer=trs_");
        }

        @Test
        void lets_its_owner_read_and_change() {
            var cookie = cookie();
            assertThat(server.anonymous().get(ME, "Cookie", cookie).expect(200).text("/handle"))
                    .isEqualTo("admin");
            var link = server.url().toString();
            server.anonymous()
                    .post("/api/v1/workspaces", "{}", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
                    .expect(400);
            server.anonymous()
                    .post("/api/v1/workspaces", "{}", "Cookie", cookie, "Origin", link)
                    .expect(400);
        }

        @Test
        void does_not_let_another_sites_page_change_anything() {
            var cookie = cookie();
            long head = server.head();
            for (var headers : List.of(
                    List.of("Sec-Fetch-Site", "cross-site"),
                    List.of("Sec-Fetch-Site", "same-site"),
                    List.of("Sec-Fetch-Site", "none"),
                    List.of("Origin", "https://evil.example"),
                    List.of("Origin", "null"),
                    List.<String>of())) {
                var all = new ArrayList<>(headers);
                all.addAll(List.of("Cookie", cookie));
                var reply = server.anonymous()
                        .post("/api/v1/hosts", "{\"name\":\"cross-site\"}", all.toArray(String[]::new))
                        .expect(403);
                assertThat(reply.text("/code")).isEqualTo("cross_site");
            }
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void ends_with_the_sign_out() {
            var cookie = cookie();
            var out = server.anonymous()
                    .delete(SESSION, "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
                    .expect(204);
            assertThat(out.header("Set-Cookie")).startsWith("__Host-trailer=;").contains("Max-Age=0");
            server.anonymous().get(ME, "Cookie", cookie).expect(401);
        }

        @Test
        void ends_when_it_was_not_used_for_12_hours_or_is_a_week_old() {
            var unused = cookie();
            server.sql()
                    .sql("update session set last_used_at = now() - interval '12 hours 1 second'")
                    .update();
            server.anonymous().get(ME, "Cookie", unused).expect(401);
            var old = cookie();
            server.sql()
                    .sql("update session set expires_at = now() - interval '1 second'")
                    .update();
            server.anonymous().get(ME, "Cookie", old).expect(401);
        }

        @Test
        void is_not_kept_by_the_server_itself() {
            var cookie = cookie();
            var token = cookie.substring(cookie.indexOf('=') + 1);
            assertThat(server.sql()
                            .sql("select count(*) from session where position(convert_to(?, 'UTF8') in token_hash) > 0")
                            .param(token)
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Nested
    class TheAdminsToken {
        @Test
        void lets_in_and_needs_no_page() {
            assertThat(server.api().get(ME).expect(200).text("/role")).isEqualTo("admin");
        }

        @Test
        void lies_in_a_file_that_only_its_owner_can_read() throws IOException {
            var file = server.data().resolve("admin-token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file)).matches("trl_[A-Za-z0-9_-]{43}\n");
        }

        @Test
        void that_was_revoked_does_not_let_in_from_the_next_request_on() {
            var mine = server.sql()
                    .sql("select token_hash from api_token")
                    .query(byte[].class)
                    .list();
            assertThat(mine).hasSize(1);
            try {
                server.sql()
                        .sql("update api_token set token_hash = token_hash || '\\x00'::bytea")
                        .update();
                server.api().get(ME).expect(401);
            } finally {
                server.sql()
                        .sql("update api_token set token_hash = ?")
                        .param(mine.getFirst())
                        .update();
            }
            server.api().get(ME).expect(200);
        }
    }
}
