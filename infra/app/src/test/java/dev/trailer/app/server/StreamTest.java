package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FactStream;
import dev.trailer.app.testing.FactStream.Block;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live stream never lies: nothing is missed, nothing comes twice, and where it cannot go on it says so. */
@ExtendWith(SharedServer.class)
class StreamTest {
    private static final String HOST = "streams";

    private final TestServer server;
    private final Api api;

    StreamTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    @BeforeEach
    void a_host_is_there() {
        var known = api.get("/api/v1/workspaces?host=" + HOST).expect(200);
        if (known.json().at("/items").isEmpty()) {
            FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
            create("streamed");
            server.awaitQuiet();
        }
    }

    private long create(String name) {
        return Long.parseLong(api.post("/api/v1/workspaces", Sent.stopped(name, HOST))
                .expect(201)
                .position());
    }

    private static List<Long> ids(List<Block> blocks) {
        return blocks.stream().map(Block::id).toList();
    }

    private static List<Long> from(long first, long count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    @Test
    void brings_facts_in_order_from_a_position_and_goes_on_live() {
        long from = server.head();
        for (int i = 0; i < 5; i++) {
            create("in-order-" + i);
        }
        try (var stream = FactStream.open(api, "?after=" + from)) {
            var facts = stream.next(5);
            assertThat(ids(facts)).isEqualTo(from(from + 1, 5));
            assertThat(facts).allSatisfy(fact -> {
                assertThat(fact.event()).isEqualTo("fact");
                assertThat(fact.json().at("/position").asLong()).isEqualTo(fact.id());
                assertThat(fact.json().at("/type").asString()).isEqualTo("workspace.created");
                assertThat(fact.json().at("/actor/name").asString()).isEqualTo("admin");
            });
            assertThat(facts.get(3).json().at("/resource/name").asString()).isEqualTo("in-order-3");
            long live = create("in-order-live");
            assertThat(stream.next().id()).isEqualTo(live);
            assertThat(stream.isQuiet()).isTrue();
            assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(stream.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void goes_on_behind_the_last_fact_that_was_seen_with_exactly_the_rest() {
        long from = server.head();
        for (int i = 0; i < 5; i++) {
            create("resumed-" + i);
        }
        String seen;
        try (var stream = FactStream.open(api, "?after=" + from)) {
            seen = stream.next(2).getLast().place();
        }
        try (var stream = FactStream.open(api, "?after=" + from, "Last-Event-ID", seen)) {
            assertThat(ids(stream.next(3))).isEqualTo(from(from + 3, 3));
            long live = create("resumed-live");
            assertThat(stream.next().id()).isEqualTo(live);
        }
    }

    @Test
    void begins_with_the_present_where_nobody_says_otherwise() {
        // Compressed, small blocks would be held back.
        try (var stream = FactStream.open(api, "", "Accept-Encoding", "gzip")) {
            assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
            var first = stream.next();
            assertThat(first.id()).isEqualTo(server.head());
            assertThat(first.event() + first.data()).isEmpty();
            assertThat(stream.next(0)).isEmpty();
            long live = create("from-now");
            assertThat(stream.next().id()).isEqualTo(live);
        }
    }

    @Test
    void tells_who_is_ahead_of_it_to_begin_anew_and_goes_on_from_the_present() {
        long head = server.head();
        try (var stream = FactStream.open(api, "", "Last-Event-ID", Long.toString(head + 1))) {
            var reset = stream.next();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.id()).isEqualTo(head);
            assertThat(reset.json().at("/code").asString()).isEqualTo("unknown_position");
            long live = create("after-reset");
            assertThat(stream.next().id()).isEqualTo(live);
        }
    }

    @Test
    void tells_who_comes_from_before_a_restore_to_begin_anew() {
        var sql = server.sql();
        var timeline =
                sql.sql("select timeline from ledger_head").query(String.class).single();
        try (var before = FactStream.open(api, "")) {
            var last = before.next();
            sql.sql("update ledger_head set timeline = 'restored'").update();
            try (var after = FactStream.open(api, "", "Last-Event-ID", last.place())) {
                var reset = after.next();
                assertThat(reset.event()).isEqualTo("reset");
                assertThat(reset.json().at("/code").asString()).isEqualTo("other_timeline");
                assertThat(reset.id()).isEqualTo(last.id());
                assertThat(reset.place()).isNotEqualTo(last.place());
            }
            assertThat(before.next().event()).isEqualTo("end");
        } finally {
            sql.sql("update ledger_head set timeline = ?").param(timeline).update();
        }
    }

    @Test
    void refuses_what_is_no_id() {
        for (var id : List.of("soon", "-1", "99999999999999999999", "1e400")) {
            var refused = api.get("/api/v1/stream", "Last-Event-ID", id).expect(400);
            assertThat(refused.text("/errors/0/pointer")).as(id).isEqualTo("Last-Event-ID:");
        }
    }

    @Test
    void brings_only_the_topics_that_were_asked_for_and_moves_on_over_the_others() {
        long from = server.head();
        var created =
                api.post("/api/v1/workspaces", Sent.stopped("topical-0", HOST)).expect(201);
        long first = Long.parseLong(created.position());
        long last = create("topical-1");
        try (var stream = FactStream.open(api, "?after=" + from + "&kind=workspace,volume&resource=" + created.id())) {
            var fact = stream.next();
            assertThat(fact.id()).isEqualTo(first);
            assertThat(fact.json().at("/resource/name").asString()).isEqualTo("topical-0");
            var progress = stream.next();
            assertThat(progress.id()).isEqualTo(last);
            assertThat(progress.event() + progress.data()).isEmpty();
        }
    }

    @Test
    void refuses_topics_that_cannot_be_and_says_which_can() {
        var refused = api.get("/api/v1/stream?type=workspace.creatd&kind=pod&actor=%20&resource=7")
                .expect(400);
        assertThat(refused.json().at("/errors").size()).isEqualTo(4);
        assertThat(refused.body()).contains("workspace.created", "[workspace, volume, image, host, secret]");
    }

    @Test
    void is_counted() {
        try (var stream = FactStream.open(api, "")) {
            stream.next();
            assertThat(api.get("/metrics").expect(200).body())
                    .containsPattern("trailer_stream_subscribers [1-9]")
                    .contains("trailer_stream_waiting_bytes", "trailer_stream_cut_total{reason=\"too_slow\"}");
        }
    }

    @Test
    void brings_all_of_history_to_who_asks_for_it() {
        long head = server.head();
        try (var stream = FactStream.open(api, "?after=0")) {
            var all = stream.next((int) head);
            assertThat(ids(all)).isEqualTo(from(1, head));
            var types = server.sql()
                    .sql("select type from ledger_event order by position")
                    .query(String.class)
                    .list();
            assertThat(all.stream().map(fact -> fact.json().at("/type").asString()))
                    .isEqualTo(types);
        }
    }

    @Test
    void brings_the_same_to_20_readers_while_16_write() {
        long from = server.head();
        var streams = Together.times(20, _ -> FactStream.open(api, "?after=" + from));
        Together.times(16, writer -> {
            for (int i = 0; i < 10; i++) {
                create("written-" + writer + "-" + i);
            }
            return writer;
        });
        for (var stream : streams) {
            assertThat(ids(stream.next(160))).isEqualTo(from(from + 1, 160));
            assertThat(stream.isQuiet()).isTrue();
            stream.close();
        }
    }

    @Test
    void is_for_those_who_are_let_in() {
        var refused = server.anonymous()
                .get("/api/v1/stream", "Accept", "text/event-stream")
                .expect(401);
        assertThat(refused.text("/code")).isEqualTo("unauthenticated");
        assertThat(server.anonymous().as("trl_made-up").get("/api/v1/stream").status())
                .isEqualTo(401);
    }

    @Test
    void knows_no_other_parameter() {
        var refused =
                api.get("/api/v1/stream?from=1", "Accept", "text/event-stream").expect(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("?from");
    }
}
