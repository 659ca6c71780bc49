package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at once for the same thing: as many get it as there is of it, and everybody else is told why not. */
@ExtendWith(SharedServer.class)
class RaceTest {
    private static final String WORKSPACES = "/api/v1/workspaces";

    private final TestServer server;

    RaceTest(TestServer server) {
        this.server = server;
    }

    @Test
    void of_200_creates_of_one_name_at_once_one_succeeds() {
        FakeAgent.online(server, "race-names", FakeAgent.facts(64_000, 64L << 30, 0));
        long before = server.head();
        var api = server.api();
        var replies = Together.times(200, _ -> api.post(WORKSPACES, Sent.workspace("one-of-200", "race-names")));
        assertThat(outcomes(replies)).isEqualTo(Map.of("201", 1L, "409 name_in_use", 199L));
        assertThat(server.head()).isEqualTo(before + 1);
        assertThat(placed("race-names")).isEqualTo(List.of(Sent.SMALL_MEMORY_BYTES));
    }

    @Test
    void of_50_creates_at_once_on_a_host_with_room_for_10_exactly_10_are_placed() {
        FakeAgent.online(server, "race-room", FakeAgent.facts(64_000, 10 * Sent.SMALL_MEMORY_BYTES, 0));
        var api = server.api();
        var replies = Together.times(50, i -> api.post(WORKSPACES, Sent.workspace("room-" + i, "race-room")));
        assertThat(outcomes(replies)).isEqualTo(Map.of("201", 10L, "409 no_capacity", 40L));
        assertThat(placed("race-room")).hasSize(10).containsOnly(Sent.SMALL_MEMORY_BYTES);
        assertThat(sum("race-room")).isEqualTo(10 * Sent.SMALL_MEMORY_BYTES);

        var running = replies.stream().filter(r -> r.status() == 201).toList();
        var stopped = running.getFirst().id();
        var late = api.post(WORKSPACES, Sent.stopped("room-late", "race-room"))
                .expect(201)
                .id();
        assertThat(api.post(WORKSPACES + "/" + late + "/start", null)
                        .expect(409)
                        .text("/code"))
                .as("a start where there is no room")
                .isEqualTo("no_capacity");

        api.post(WORKSPACES + "/" + stopped + "/stop", null).expect(202);
        assertThat(sum("race-room")).isEqualTo(9 * Sent.SMALL_MEMORY_BYTES);
        api.post(WORKSPACES + "/" + late + "/start", null).expect(202);
        assertThat(sum("race-room")).isEqualTo(10 * Sent.SMALL_MEMORY_BYTES);
        assertThat(api.post(WORKSPACES + "/" + stopped + "/start", null)
                        .expect(409)
                        .text("/code"))
                .as("a start of what gave its room away")
                .isEqualTo("no_capacity");
    }

    @Test
    void of_50_creates_at_once_anywhere_only_as_many_are_placed_as_there_are_gpus() {
        FakeAgent.online(server, "race-gpus", FakeAgent.facts(64_000, 64L << 30, 10));
        var api = server.api();
        var replies = Together.times(
                50,
                i -> api.post(
                        WORKSPACES,
                        "{\"name\":\"gpu-%d\",\"image\":\"base\",\"resources\":{\"cpus\":0.1,\"memoryBytes\":16777216,\"gpus\":1}}"
                                .formatted(i)));
        assertThat(outcomes(replies)).isEqualTo(Map.of("201", 10L, "409 no_capacity", 40L));
        assertThat(server.sql()
                        .sql("select sum(gpus) from capacity_placement where pool = ?")
                        .param(pool("race-gpus"))
                        .query(Long.class)
                        .single())
                .isEqualTo(10);
    }

    @Test
    void of_32_starts_at_once_in_the_room_for_one_one_succeeds_and_what_is_promised_is_never_more_than_there_is() {
        FakeAgent.online(server, "race-starts", FakeAgent.facts(64_000, Sent.SMALL_MEMORY_BYTES, 0));
        var api = server.api();
        var ids = Together.times(32, i -> api.post(WORKSPACES, Sent.stopped("start-" + i, "race-starts"))
                .expect(201)
                .id());
        for (int round = 0; round < 3; round++) {
            var replies = Together.times(32, i -> api.post(WORKSPACES + "/" + ids.get(i) + "/start", null));
            assertThat(outcomes(replies)).isEqualTo(Map.of("202", 1L, "409 no_capacity", 31L));
            assertThat(sum("race-starts")).isEqualTo(Sent.SMALL_MEMORY_BYTES);
            var winner =
                    replies.stream().filter(r -> r.status() == 202).findFirst().orElseThrow();
            api.post(WORKSPACES + "/" + winner.id() + "/stop", null).expect(202);
            assertThat(sum("race-starts")).isZero();
        }
    }

    @Test
    void changes_of_one_workspace_at_once_are_all_made_one_after_the_other() {
        FakeAgent.online(server, "race-changes", FakeAgent.facts(64_000, 64L << 30, 0));
        var api = server.api();
        var id = api.post(WORKSPACES, Sent.stopped("changed", "race-changes"))
                .expect(201)
                .id();
        var replies = Together.times(8, i -> api.patch(WORKSPACES + "/" + id, "{\"env\":{\"N" + i + "\":\"x\"}}"));
        assertThat(replies)
                .allSatisfy(r -> assertThat(r.status()).as(r.toString()).isEqualTo(200));
        var last = api.get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(server.head()));
        assertThat(last.json().at("/env").size()).isEqualTo(8);
        assertThat(last.number("/generation")).isEqualTo(9);
        assertThat(last.header("ETag")).isEqualTo("\"9\"");
    }

    private static Map<String, Long> outcomes(List<Reply> replies) {
        return replies.stream()
                .collect(Collectors.groupingBy(
                        r -> r.status() < 300 ? "" + r.status() : r.status() + " " + r.text("/code"),
                        Collectors.counting()));
    }

    /** What the ledger has promised there, one amount of memory for each workspace that runs. */
    private List<Long> placed(String host) {
        return server.sql()
                .sql("select memory_bytes from capacity_placement where pool = ? and memory_bytes > 0")
                .param(pool(host))
                .query(Long.class)
                .list();
    }

    /** All that is promised there: as the API tells it, as the ledger adds it up, and as its rows are. */
    private long sum(String host) {
        long rows = placed(host).stream().mapToLong(Long::longValue).sum();
        assertThat(server.sql()
                        .sql("select promised_memory_bytes from capacity_pool where pool = ?")
                        .param(pool(host))
                        .query(Long.class)
                        .single())
                .isEqualTo(rows);
        assertThat(server.api()
                        .get("/api/v1/hosts/" + pool(host), "Trailer-Position", Long.toString(server.head()))
                        .number("/allotted/memoryBytes"))
                .isEqualTo(rows);
        return rows;
    }

    private String pool(String host) {
        return server.sql()
                .sql("select holder from name_claim where kind = 'host' and name = ?")
                .param(host)
                .query(String.class)
                .single();
    }
}
