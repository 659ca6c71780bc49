package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.ledger.Copies;
import dev.trailer.ledger.Copies.Copy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is decided on a copy that another server has left behind: nothing of it may come to light. */
@ExtendWith(SharedServer.class)
class StaleCopiesTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String HOST = "stale-copies";

    private final TestServer server;

    StaleCopiesTest(TestServer server) {
        this.server = server;
    }

    @BeforeEach
    void a_host_is_there() {
        long hosts = server.sql()
                .sql("select count(*) from name_claim where kind = 'host' and name = '" + HOST + "'")
                .query(Long.class)
                .single();
        if (hosts == 0) {
            FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
        }
    }

    private String create(String name) {
        return server.api()
                .post(WORKSPACES, Sent.workspace(name, HOST))
                .expect(201)
                .id();
    }

    private Reply operate(String id, String how, String... headers) {
        return server.api().post(WORKSPACES + "/" + id + "/" + how, null, headers);
    }

    private Copies copies() {
        return server.part(Copies.class);
    }

    private Copy copyOf(String id) {
        return Objects.requireNonNull(copies().of(id), "a copy of what was just changed");
    }

    /** As if another server had done it. */
    private void elsewhere(String id, Runnable change) {
        var before = copyOf(id);
        change.run();
        copies().drop(List.of(id));
        copies().keep(id, before);
    }

    @Test
    void a_change_is_decided_again_on_what_is_there() {
        var id = create("changed-elsewhere");
        elsewhere(id, () -> operate(id, "stop").expect(202));
        var started = operate(id, "start").expect(202);
        assertThat(started.number("/generation")).isEqualTo(3);
        assertThat(started.text("/desired")).isEqualTo("running");
    }

    @Test
    void what_needs_no_change_on_a_copy_may_need_one() {
        var id = create("nothing-to-do");
        elsewhere(id, () -> operate(id, "stop").expect(202));
        long before = server.head();
        operate(id, "start").expect(202);
        assertThat(server.head()).as("the copy says that it runs already").isEqualTo(before + 1);
    }

    @Test
    void what_needs_one_on_a_copy_may_need_none() {
        var id = create("done-already");
        elsewhere(id, () -> operate(id, "stop").expect(202));
        long before = server.head();
        operate(id, "stop").expect(202);
        assertThat(server.head()).isEqualTo(before);
    }

    @Test
    void a_refusal_on_a_copy_is_not_answered() {
        var id = create("refused-on-a-copy");
        elsewhere(id, () -> operate(id, "stop").expect(202));
        operate(id, "start", "If-Match", "\"2\"").expect(202);
    }

    @Test
    void what_a_copy_allows_is_refused_if_the_ledger_does_not() {
        var id = create("gone-elsewhere");
        elsewhere(id, () -> operate(id, "stop").expect(202));
        operate(id, "start", "If-Match", "\"1\"").expect(412);
    }

    @Test
    void what_was_only_read_must_still_hold_too() {
        var image = server.api()
                .post("/api/v1/images", "{\"name\":\"read-only\",\"dockerfile\":\"FROM trailer/base\"}")
                .expect(201);
        var first = Sent.workspace("on-one", HOST).replace("\"base\"", "\"read-only\"");
        server.api().post(WORKSPACES, first).expect(201);
        elsewhere(image.id(), () -> server.api()
                .patch("/api/v1/images/" + image.id(), "{\"dockerfile\":\"FROM trailer/base\\nRUN true\"}")
                .expect(200));
        var created =
                server.api().post(WORKSPACES, first.replace("on-one", "on-two")).expect(201);
        assertThat(created.number("/imageVersion"))
                .as("the version that the other server has made")
                .isEqualTo(2);
    }
}
