package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.gateway.metrics.MetricUpkeep;
import dev.trailer.agent.gateway.upkeep.Upkeep;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostGpus.Gpu;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an agent's GPUs to what can be asked for, what is told of them, and how they fared. */
@ExtendWith(SharedServer.class)
class GpuTest {
    private static final Gpu H100 = new Gpu("GPU-11", "NVIDIA H100", 80L << 30, null);
    private static final Gpu SLICE = new Gpu("MIG-21", "NVIDIA A100 MIG 3g.20gb", 20L << 30, "GPU-20");
    private static final HostGpus TWO = new HostGpus("535.161.08", List.of(H100, SLICE), null);

    private final TestServer server;
    private final List<String> hosts = new ArrayList<>();

    GpuTest(TestServer server) {
        this.server = server;
    }

    private FakeAgent online(String host, HostGpus gpus) {
        var agent = FakeAgent.online(server, host, FakeAgent.facts(gpus));
        agent.beat();
        hosts.add(agent.host());
        return agent;
    }

    /** So that nobody else's workspace is placed on their GPUs. */
    @AfterEach
    void takeThemOutOfService() {
        hosts.forEach(host ->
                server.api().post("/api/v1/hosts/" + host + "/cordon", null).expect(200));
        hosts.clear();
    }

    private Reply host(FakeAgent agent) {
        server.awaitQuiet();
        return server.api().get("/api/v1/hosts/" + agent.host()).expect(200);
    }

    private Reply create(String name, FakeAgent agent, int gpus) {
        return server.api()
                .post(
                        "/api/v1/workspaces",
                        "{\"name\":\"%s\",\"image\":\"base\",\"host\":\"%s\",\"resources\":{\"cpus\":0.1,\"memoryBytes\":16777216,\"gpus\":%d}}"
                                .formatted(name, agent.hostName(), gpus));
    }

    @Test
    void each_is_told_with_its_model_and_memory_and_slices_by_what_they_are_of() {
        var read = host(online("gpu-told", TWO)).json().at("/capability");
        assertThat(read.at("/gpus").asInt()).isEqualTo(2);
        assertThat(read.at("/gpuDriver").asString()).isEqualTo("535.161.08");
        assertThat(read.at("/gpuDevices/0/uuid").asString()).isEqualTo("GPU-11");
        assertThat(read.at("/gpuDevices/0/memoryBytes").asLong()).isEqualTo(80L << 30);
        assertThat(read.at("/gpuDevices/1/parent").asString()).isEqualTo("GPU-20");
        assertThat(read.at("/gpuReason").isNull()).isTrue();
    }

    @Test
    void as_many_workspaces_are_placed_as_there_are_gpus_and_the_next_is_refused() {
        var agent = online("gpu-placed", TWO);
        create("gpu-a", agent, 1).expect(201);
        create("gpu-b", agent, 1).expect(201);
        var refused = create("gpu-c", agent, 1).expect(409);
        assertThat(refused.text("/code")).isEqualTo("no_capacity");
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/resources");
        create("gpu-none", agent, 0).expect(201);
        assertThat(host(agent).json().at("/allotted/gpus").asInt()).isEqualTo(2);
    }

    @Test
    void a_change_is_one_event_and_figures_are_none() {
        var agent = online("gpu-changes", TWO);
        server.awaitQuiet();
        var head = server.head();
        agent.tell(FakeAgent.facts(TWO), usage("GPU-11", 50));
        agent.tell(FakeAgent.facts(TWO), usage("GPU-11", 60));
        assertThat(server.head()).isEqualTo(head);
        agent.tell(FakeAgent.facts(new HostGpus(null, List.of(), GpuTrouble.DRIVER_FAILED)));
        agent.tell(FakeAgent.facts(new HostGpus(null, List.of(), GpuTrouble.DRIVER_FAILED)));
        assertThat(server.head()).isEqualTo(head + 1);
        var read = host(agent);
        assertThat(read.text("/capability/gpuReason/code")).isEqualTo("gpu_unavailable");
        assertThat(read.text("/capability/gpuReason/message")).contains("driver");
        assertThat(read.json().at("/capability/gpus").asInt()).isZero();
        assertThat(create("gpu-broken", agent, 1).expect(409).text("/code")).isEqualTo("no_capacity");
    }

    @Test
    void a_workspace_tells_which_it_has_and_why_it_is_not_started_without() {
        var agent = online("gpu-seen", TWO);
        var id = create("gpu-seen", agent, 1).expect(201).id();
        agent.beat(new WorkspaceReport(id, 1, Phase.RUNNING, null, "c1", List.of("GPU-11")));
        server.awaitQuiet();
        var running = server.api().get("/api/v1/workspaces/" + id).expect(200);
        assertThat(running.json().at("/observed/gpus/0").asString()).isEqualTo("GPU-11");
        agent.beat(new WorkspaceReport(
                id, 1, Phase.FAILED, new Cause.GpuUnavailable(GpuTrouble.GONE), "c1", List.of("GPU-11")));
        server.awaitQuiet();
        var failed = server.api().get("/api/v1/workspaces/" + id).expect(200);
        assertThat(failed.text("/observed/reason/code")).isEqualTo("gpu_unavailable");
        assertThat(failed.text("/observed/reason/remedy/operation")).endsWith("/restart");
    }

    private static GpuUsage usage(String uuid, double busy) {
        return new GpuUsage(uuid, busy, 1L << 30, 80L << 30, 61.0, 350.5);
    }

    private Reply metrics(FakeAgent agent) {
        server.awaitQuiet();
        return server.api().get("/api/v1/hosts/" + agent.host() + "/metrics").expect(200);
    }

    @Test
    void what_they_do_is_read_by_card_and_what_a_card_does_not_tell_is_null() {
        var agent = online("gpu-metrics", TWO);
        agent.tell(
                FakeAgent.facts(TWO),
                usage("GPU-11", 97.5),
                new GpuUsage("GPU-20", null, null, null, 33.0, null),
                usage("GPU-of-another", 1),
                new GpuUsage("GPU-11x", 400.0, 1L, 1L, 1.0, 1.0));
        var read = metrics(agent);
        assertThat(read.json().at("/gpus")).hasSize(2);
        assertThat(read.json().at("/gpus/0/uuid").asString()).isEqualTo("GPU-11");
        assertThat(read.json().at("/gpus/0/points/0/busyPercent").asDouble()).isEqualTo(97.5);
        assertThat(read.json().at("/gpus/0/points/0/memoryTotalBytes").asLong()).isEqualTo(80L << 30);
        assertThat(read.json().at("/gpus/0/points/0/watts").asDouble()).isEqualTo(350.5);
        assertThat(read.json().at("/gpus/1/uuid").asString()).isEqualTo("GPU-20");
        assertThat(read.json().at("/gpus/1/points/0/celsius").asDouble()).isEqualTo(33);
        assertThat(read.json().at("/gpus/1/points/0/busyPercent").isNull()).isTrue();
        assertThat(read.json().at("/gpus/1/points/0/memoryBytes").isNull()).isTrue();
    }

    private void upkeep() {
        new MetricUpkeep(server.sql()).once(Upkeep.now(server.sql()));
    }

    @Test
    void their_means_are_taken_like_those_of_everything_else() {
        upkeep();
        var subject = "00000000-0000-4000-8000-000000000001/GPU-mean";
        server.sql().sql("""
                        insert into metric_raw (subject, at, gpu_percent, gpu_percent_max, memory_total_bytes, celsius, watts)
                        select ?, date_trunc('minute', clock_timestamp() - interval '3 minutes') + n * interval '5 seconds',
                          (n + 1) * 5, (n + 1) * 5, 100, 40 + n, 200
                        from generate_series(0, 11) n""").param(subject).update();
        server.sql()
                .sql("update metric_rolled set upto = date_trunc('minute', clock_timestamp() - interval '10 minutes')"
                        + " where kind = 'minute'")
                .update();
        upkeep();
        var row = server.sql()
                .sql("select gpu_percent, gpu_percent_max, memory_bytes, memory_total_bytes, celsius, watts"
                        + " from metric_minute where subject = ?")
                .param(subject)
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("gpu_percent", 32.5)
                .containsEntry("gpu_percent_max", 60.0)
                .containsEntry("memory_bytes", null)
                .containsEntry("memory_total_bytes", 100L)
                .containsEntry("celsius", 45.5)
                .containsEntry("watts", 200.0);
    }
}
