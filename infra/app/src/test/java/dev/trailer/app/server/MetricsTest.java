package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.gateway.metrics.MetricUpkeep;
import dev.trailer.agent.gateway.upkeep.Upkeep;
import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.protocol.WorkspaceUsage;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From an agent's samples to what is read of them, over a year. */
@ExtendWith(SharedServer.class)
class MetricsTest {
    private static final HostMetrics BUSY = new HostMetrics(75.5, 3L << 30, 4L << 30, 1.5, 10, 100);

    private final TestServer server;

    MetricsTest(TestServer server) {
        this.server = server;
    }

    private static WorkspaceUsage usage(String workspace, double cpuMillis) {
        return new WorkspaceUsage(workspace, cpuMillis, 64L << 20, 1, 2, 3, 4, 5);
    }

    private Reply metrics(String path) {
        return server.api().get("/api/v1/" + path);
    }

    private JdbcClient sql() {
        return server.sql();
    }

    private void upkeep() {
        new MetricUpkeep(sql()).once(Upkeep.now(sql()));
    }

    @Test
    void what_an_agent_measures_can_be_read() {
        var agent = FakeAgent.online(server, "metrics-read", FakeAgent.facts(8_000, 8L << 30, 0));
        var id = server.api()
                .post("/api/v1/workspaces", Sent.workspace("measured", "metrics-read"))
                .expect(201)
                .id();
        agent.measure(BUSY, usage(id, 250), usage(UUID.randomUUID().toString(), 1));
        server.awaitQuiet();
        var ofWorkspace = metrics("workspaces/" + id + "/metrics").expect(200);
        assertThat(ofWorkspace.json().at("/points")).hasSize(1);
        assertThat(ofWorkspace.json().at("/points/0/cpuMillis").asDouble()).isEqualTo(250);
        assertThat(ofWorkspace.number("/points/0/memoryBytes")).isEqualTo(64L << 20);
        assertThat(ofWorkspace.json().at("/points/0/networkOutBytesPerSecond").asDouble())
                .isEqualTo(4);
        assertThat(ofWorkspace.json().at("/points/0/load1").isNull())
                .as("a host's")
                .isTrue();
        var ofHost = metrics("hosts/" + agent.host() + "/metrics").expect(200);
        assertThat(ofHost.json().at("/points/0/cpuPercent").asDouble()).isEqualTo(75.5);
        assertThat(ofHost.number("/points/0/diskUsedBytes")).isEqualTo(10);
        assertThat(sql().sql("select count(distinct subject) from metric_raw where cpu_millis = 1")
                        .query(Integer.class)
                        .single())
                .as("of a workspace that is not on that host")
                .isZero();
    }

    @Test
    void figures_that_cannot_be_are_left_out_and_the_rest_is_kept() {
        var agent = FakeAgent.online(server, "metrics-odd", FakeAgent.facts(8_000, 8L << 30, 0));
        var odd = server.api()
                .post("/api/v1/workspaces", Sent.workspace("odd", "metrics-odd"))
                .expect(201)
                .id();
        var even = server.api()
                .post("/api/v1/workspaces", Sent.workspace("even", "metrics-odd"))
                .expect(201)
                .id();
        agent.measure(null, usage(odd, -1), usage(even, 1));
        server.awaitQuiet();
        assertThat(metrics("workspaces/" + odd + "/metrics").expect(200).json().at("/points"))
                .isEmpty();
        assertThat(metrics("workspaces/" + even + "/metrics").expect(200).json().at("/points"))
                .hasSize(1);
    }

    @Test
    void means_and_highest_values_are_taken_once_and_what_is_too_old_goes() {
        upkeep();
        var subject = UUID.randomUUID().toString();
        // Two whole minutes that lie two hours back, 12 samples each: 100 … 1,200, then 50 alone.
        sql().sql("""
                        insert into metric_raw (subject, at, cpu_millis, cpu_millis_max, memory_bytes, memory_bytes_max, pids)
                        select ?, date_trunc('minute', clock_timestamp() - interval '3 minutes') + n * interval '5 seconds',
                          case when n < 12 then (n + 1) * 100 else 50 end, case when n < 12 then (n + 1) * 100 else 50 end, 10, 10, 2
                        from generate_series(0, 23) n""").param(subject).update();
        sql().sql("update metric_rolled set upto = date_trunc('minute', clock_timestamp() - interval '10 minutes')"
                        + " where kind = 'minute'")
                .update();
        upkeep();
        upkeep();
        assertThat(sql().sql("select cpu_millis from metric_minute where subject = ? order by at")
                        .param(subject)
                        .query(Double.class)
                        .list())
                .containsExactly(650.0, 50.0);
        assertThat(sql().sql("select cpu_millis_max from metric_minute where subject = ? order by at")
                        .param(subject)
                        .query(Double.class)
                        .list())
                .containsExactly(1_200.0, 50.0);

        sql().sql("create table metric_minute_20200101 partition of metric_minute"
                        + " for values from ('2020-01-01Z') to ('2020-01-02Z')")
                .update();
        upkeep();
        assertThat(sql().sql("select to_regclass('metric_minute_20200101')::text")
                        .query(String.class)
                        .optional())
                .isEmpty();
    }

    @Test
    void there_is_a_partition_for_every_sample_of_the_next_hours() {
        upkeep();
        for (var table : List.of("metric_raw", "metric_minute", "metric_hour")) {
            sql().sql("insert into " + table + " (subject, at, memory_bytes, memory_bytes_max)"
                            + " values (?, clock_timestamp() + interval '1 hour', 0, 0)")
                    .param(UUID.randomUUID().toString())
                    .update();
        }
    }

    @Test
    void a_year_is_read_in_as_many_points_as_asked_for() {
        var agent = FakeAgent.online(server, "metrics-year", FakeAgent.facts(8_000, 8L << 30, 0));
        agent.measure(BUSY);
        var to = Instant.now();
        var read = metrics("hosts/" + agent.host() + "/metrics?points=100&to=" + to + "&from="
                        + to.minus(Duration.ofDays(365)))
                .expect(200);
        assertThat(read.number("/stepSeconds")).isEqualTo(315_360);
    }

    @Test
    void bad_ranges_are_told() {
        var agent = FakeAgent.online(server, "metrics-bad", FakeAgent.facts(8_000, 8L << 30, 0));
        var path = "hosts/" + agent.host() + "/metrics";
        for (var bad : List.of(
                "?from=yesterday",
                "?points=0",
                "?points=1001",
                "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "?step=5")) {
            assertThat(metrics(path + bad).text("/code")).as(bad).isEqualTo("invalid");
        }
        assertThat(metrics("hosts/" + UUID.randomUUID() + "/metrics")
                        .expect(404)
                        .text("/code"))
                .isEqualTo("not_found");
    }
}
