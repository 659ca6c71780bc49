package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger promises whoever writes and reads over HTTP; checked in its tables, by other code than its own. */
@ExtendWith(SharedServer.class)
class LedgerTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String HOST = "ledger";

    /**
     * The leaves and the chain as PostgreSQL computes them from each row: SHA-256, every text and byte string preceded by its
     * length in bytes, every number as 8 bytes, an event's id as its 16.
     */
    private static final String RECOMPUTED = """
            with digested as (
              select *, sha256(int8send(length(salt)) || salt || int8send(length(metadata)) || metadata
                || int8send(length(payload)) || payload) as digest_again
              from ledger_event),
            leaved as (
              select *, sha256(int8send(position) || uuid_send(event_id)
                || int8send(octet_length(aggregate_kind)) || convert_to(aggregate_kind, 'UTF8')
                || int8send(octet_length(aggregate_id)) || convert_to(aggregate_id, 'UTF8')
                || int8send(sequence)
                || int8send(octet_length(type)) || convert_to(type, 'UTF8')
                || int8send(revision)
                || int8send(extract(epoch from date_trunc('second', recorded_at))::bigint)
                || int8send((extract(microseconds from recorded_at)::bigint % 1000000) * 1000)
                || int8send(32) || digest_again) as leaf_again
              from digested),
            chained as (
              select *, sha256(int8send(32)
                || lag(chain, 1, decode(repeat('00', 32), 'hex')) over (order by position)
                || int8send(32) || leaf_again) as chain_again
              from leaved)
            select count(*) from chained
            where digest = digest_again and leaf = leaf_again and chain = chain_again""";

    private final TestServer server;

    LedgerTest(TestServer server) {
        this.server = server;
    }

    @BeforeEach
    void a_host_is_there() {
        if (count("select count(*) from name_claim where kind = 'host' and name = '" + HOST + "'") == 0) {
            FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
        }
    }

    private long count(String sql) {
        return server.sql().sql(sql).query(Long.class).single();
    }

    private String create(String name) {
        return server.api()
                .post(WORKSPACES, Sent.stopped(name, HOST))
                .expect(201)
                .id();
    }

    @Nested
    class Positions {
        @Test
        void are_dense_and_in_order_of_time_after_32_threads_have_written_at_once() {
            long before = server.head();
            var api = server.api();
            Together.times(32, thread -> {
                for (int i = 0; i < 8; i++) {
                    var id = api.post(WORKSPACES, Sent.stopped("dense-" + thread + "-" + i, HOST))
                            .expect(201)
                            .id();
                    api.post(WORKSPACES + "/" + id + "/start", null).expect(202);
                    api.delete(WORKSPACES + "/" + id).expect(202);
                }
                return thread;
            });
            assertThat(server.head()).isEqualTo(before + 32 * 8 * 3);
            assertThat(count("select count(*) from ledger_event")).isEqualTo(server.head());
            assertThat(count("select min(position) from ledger_event")).isEqualTo(1);
            assertThat(count("select max(position) from ledger_event")).isEqualTo(server.head());
            assertThat(count("""
                            select count(*) from (select recorded_at < lag(recorded_at) over (order by position) as back
                              from ledger_event) rows where back""")).as("times that go back").isZero();
            assertThat(count("""
                            select count(*) from (select sequence, row_number() over
                              (partition by aggregate_id order by position) - 1 as nth from ledger_event) rows
                            where sequence <> nth""")).as("sequences out of order").isZero();
        }

        @Test
        void are_told_to_whoever_wrote_them() {
            var reply =
                    server.api().post(WORKSPACES, Sent.stopped("told", HOST)).expect(201);
            assertThat(count("select position from ledger_event where aggregate_id = '" + reply.id() + "'"))
                    .isEqualTo(Long.parseLong(reply.position()));
        }
    }

    @Nested
    class Hashes {
        @Test
        void of_every_row_are_what_anybody_computes_from_it_and_the_head_has_the_last() {
            create("hashed");
            assertThat(count(RECOMPUTED)).isEqualTo(server.head());
            assertThat(count("""
                            select count(*) from ledger_head h join ledger_event e
                              on e.position = h.position and e.chain = h.chain and e.recorded_at = h.recorded_at""")).isEqualTo(1);
        }

        @Test
        void are_salted_differently_for_each_row() {
            create("salted-a");
            create("salted-b");
            assertThat(count("select count(distinct salt) from ledger_event")).isEqualTo(server.head());
            assertThat(count("select min(length(salt)) from ledger_event")).isEqualTo(16);
        }

        @Test
        void tell_a_row_that_was_changed() {
            create("changed-behind");
            server.awaitQuiet();
            long last = server.head();
            var payload = server.sql()
                    .sql("select payload from ledger_event where position = ?")
                    .param(last)
                    .query(byte[].class)
                    .single();
            var other = payload.clone();
            other[other.length / 2] ^= 1;
            try {
                write(last, other);
                assertThat(count(RECOMPUTED)).isEqualTo(last - 1);
            } finally {
                write(last, payload);
            }
            assertThat(count(RECOMPUTED)).isEqualTo(last);
        }

        private void write(long position, byte[] payload) {
            server.sql()
                    .sql("update ledger_event set payload = decode(?, 'hex') where position = ?")
                    .params(HexFormat.of().formatHex(payload), position)
                    .update();
        }
    }

    @Nested
    class AnIdempotencyKey {
        @Test
        void gets_the_same_answer_again_and_does_nothing_again() {
            var body = Sent.workspace("once", HOST);
            var first = server.api()
                    .post(WORKSPACES, body, "Idempotency-Key", "once-1")
                    .expect(201);
            long head = server.head();
            var again = server.api()
                    .post(WORKSPACES, body, "Idempotency-Key", "once-1")
                    .expect(201);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.position()).isEqualTo(first.position());
            assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void sent_20_times_at_once_is_carried_out_once_and_answered_20_times_alike() {
            long before = server.head();
            var body = Sent.stopped("twenty", HOST);
            var api = server.api();
            var replies = Together.times(20, _ -> api.post(WORKSPACES, body, "Idempotency-Key", "twenty-1"));
            var first = replies.getFirst();
            assertThat(replies).allSatisfy(r -> {
                assertThat(r.status()).as(r.toString()).isEqualTo(201);
                assertThat(r.body()).isEqualTo(first.body());
                assertThat(r.position()).isEqualTo(first.position());
            });
            assertThat(server.head()).isEqualTo(before + 1);
        }

        @Test
        void of_an_operation_is_carried_out_once_though_the_state_has_moved_on() {
            var id = create("moved-on");
            var path = WORKSPACES + "/" + id;
            server.api()
                    .post(path + "/start", null, "Idempotency-Key", "moved-1")
                    .expect(202);
            server.api().post(path + "/stop", null).expect(202);
            long head = server.head();
            var again = server.api()
                    .post(path + "/start", null, "Idempotency-Key", "moved-1")
                    .expect(202);
            assertThat(again.text("/desired")).isEqualTo("running");
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void may_be_used_again_after_a_refusal() {
            var key = new String[] {"Idempotency-Key", "refused-1"};
            create("in-the-way");
            server.api().post(WORKSPACES, Sent.stopped("in-the-way", HOST), key).expect(409);
            server.api()
                    .post(WORKSPACES, Sent.stopped("out-of-the-way", HOST), key)
                    .expect(201);
        }

        @Test
        void is_forgotten_after_24_hours() {
            var body = Sent.stopped("forgotten", HOST);
            server.api()
                    .post(WORKSPACES, body, "Idempotency-Key", "forgotten-1")
                    .expect(201);
            server.sql()
                    .sql(
                            "update idempotency_record set recorded_at = recorded_at - interval '24 hours' where key = 'forgotten-1'")
                    .update();
            assertThat(server.api()
                            .post(WORKSPACES, body, "Idempotency-Key", "forgotten-1")
                            .expect(409)
                            .text("/code"))
                    .isEqualTo("name_in_use");
        }
    }

    @Nested
    class IfMatch {
        @Test
        void lets_through_who_has_seen_the_latest_and_nobody_else() {
            var path = WORKSPACES + "/" + create("matched");
            var changed = server.api()
                    .patch(path, "{\"env\":{\"A\":\"1\"}}", "If-Match", "\"1\"")
                    .expect(200);
            assertThat(changed.header("ETag")).isEqualTo("\"2\"");
            var stale = server.api()
                    .patch(path, "{\"env\":{\"A\":\"2\"}}", "If-Match", "\"1\"")
                    .expect(412);
            assertThat(stale.text("/code")).isEqualTo("stale");
            server.api().patch(path, "{\"env\":{\"A\":\"2\"}}", "If-Match", "*").expect(200);
        }

        @Test
        void of_20_changes_at_once_of_what_all_have_seen_lets_one_through() {
            var path = WORKSPACES + "/" + create("matched-once");
            var api = server.api();
            var replies =
                    Together.times(20, i -> api.patch(path, "{\"env\":{\"A\":\"" + i + "\"}}", "If-Match", "\"1\""));
            assertThat(replies).filteredOn(r -> r.status() == 200).hasSize(1);
            assertThat(replies).filteredOn(r -> r.status() == 412).hasSize(19);
        }
    }

    @Nested
    class AReader {
        @Test
        void sees_its_own_writes_at_once() {
            for (int i = 0; i < 20; i++) {
                var written = server.api()
                        .post(WORKSPACES, Sent.stopped("seen-" + i, HOST))
                        .expect(201);
                var read = server.api()
                        .get(WORKSPACES + "/" + written.id(), "Trailer-Position", written.position())
                        .expect(200);
                assertThat(read.header("Trailer-Behind")).isNull();
                assertThat(read.text("/name")).isEqualTo("seen-" + i);
                assertThat(read.header("ETag")).isEqualTo("\"1\"");
                var gone = server.api().delete(WORKSPACES + "/" + written.id()).expect(202);
                var list = server.api().get(WORKSPACES + "?q=seen-" + i, "Trailer-Position", gone.position());
                assertThat(list.json().at("/items/0/deleting").asBoolean()).isTrue();
            }
        }

        @Test
        void of_what_is_still_to_come_is_told_after_2_seconds_that_it_is_behind() {
            long begun = System.nanoTime();
            var read = server.api()
                    .get("/api/v1/images", "Trailer-Position", Long.toString(server.head() + 1_000_000))
                    .expect(200);
            assertThat(read.header("Trailer-Behind")).isEqualTo("true");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_500));
        }
    }
}
