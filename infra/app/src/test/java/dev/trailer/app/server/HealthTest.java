package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a workspace's health check to what its host is told, and from what that shows to what is read. */
@ExtendWith(SharedServer.class)
class HealthTest {
    private static final String CHECK =
            "{\"command\":\"test -e /tmp/well\",\"interval\":\"PT5S\",\"startPeriod\":\"PT1M\",\"restart\":true}";

    private final TestServer server;

    HealthTest(TestServer server) {
        this.server = server;
    }

    private FakeAgent online(String host) {
        var agent = FakeAgent.online(server, host, FakeAgent.facts(4_000, 4L << 30, 0));
        agent.beat();
        return agent;
    }

    private String create(String name, FakeAgent agent, String check) {
        return server.api()
                .post(
                        "/api/v1/workspaces",
                        "{\"name\":\"%s\",\"image\":\"base\",\"host\":\"%s\",\"resources\":{\"cpus\":0.1,\"memoryBytes\":16777216},\"healthCheck\":%s}"
                                .formatted(name, agent.hostName(), check))
                .expect(201)
                .id();
    }

    private Reply read(String id) {
        server.awaitQuiet();
        return server.api().get("/api/v1/workspaces/" + id).expect(200);
    }

    private @Nullable HealthCheck desired(FakeAgent agent, String id) {
        server.awaitQuiet();
        return agent.whole().resources().stream()
                .filter(resource -> resource.id().equals(id))
                .map(DesiredResource.Workspace.class::cast)
                .findFirst()
                .orElseThrow()
                .healthCheck();
    }

    @Test
    void what_was_left_out_is_as_usual_and_its_host_is_told_all_of_it() {
        var agent = online("health-told");
        var id = create("health-told", agent, CHECK);
        var check = read(id).json().at("/healthCheck");
        assertThat(check.at("/command").asString()).isEqualTo("test -e /tmp/well");
        assertThat(check.at("/timeout").asString()).isEqualTo("PT10S");
        assertThat(check.at("/retries").asInt()).isEqualTo(3);
        assertThat(check.at("/startPeriod").asString()).isEqualTo("PT1M");
        assertThat(desired(agent, id))
                .isEqualTo(
                        new HealthCheck(List.of("/bin/sh", "-c", "test -e /tmp/well"), 5_000, 10_000, 3, 60_000, true));
    }

    @Test
    void it_can_be_changed_and_taken_out_and_the_container_stays() {
        var agent = online("health-changed");
        var id = create("health-changed", agent, CHECK);
        var before = read(id).json();
        patch(id, "{\"healthCheck\":{\"retries\":5}}");
        var after = read(id).json();
        assertThat(after.at("/healthCheck/retries").asInt()).isEqualTo(5);
        assertThat(after.at("/healthCheck/interval").asString()).isEqualTo("PT5S");
        assertThat(after.at("/generation").asLong())
                .isEqualTo(before.at("/generation").asLong() + 1);
        var resource = (DesiredResource.Workspace) agent.whole().resources().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(resource.containerGeneration()).isEqualTo(1);
        patch(id, "{\"healthCheck\":null}");
        assertThat(read(id).json().at("/healthCheck").isNull()).isTrue();
        assertThat(desired(agent, id)).isNull();
    }

    private void patch(String id, String body) {
        var tag = "\"" + read(id).json().at("/generation").asLong() + "\"";
        server.api().patch("/api/v1/workspaces/" + id, body, "If-Match", tag).expect(200);
    }

    private static WorkspaceReport report(String id, Health health, @Nullable Cause cause) {
        return new WorkspaceReport(id, 1, Phase.RUNNING, cause, "c1", List.of(), health);
    }

    @Test
    void a_change_is_one_event_and_the_words_of_the_check_are_read_beside_it() {
        var agent = online("health-seen");
        var id = create("health-seen", agent, CHECK);
        agent.beat(report(id, Health.STARTING, null));
        server.awaitQuiet();
        var head = server.head();
        agent.beat(report(id, Health.STARTING, null));
        assertThat(server.head()).isEqualTo(head);
        agent.beat(report(id, Health.HEALTHY, null));
        assertThat(read(id).json().at("/observed/health").asString()).isEqualTo("healthy");
        var why = new Cause.Unhealthy(true, UUID.randomUUID().toString(), "exit status 1:\nno such file");
        agent.beat(report(id, Health.UNHEALTHY, why));
        agent.beat(report(id, Health.UNHEALTHY, why));
        assertThat(server.head()).isEqualTo(head + 2);
        var observed = read(id).json().at("/observed");
        assertThat(observed.at("/phase").asString()).isEqualTo("running");
        assertThat(observed.at("/health").asString()).isEqualTo("unhealthy");
        assertThat(observed.at("/reason/code").asString()).isEqualTo("unhealthy");
        assertThat(observed.at("/reason/message").asString()).contains("started again");
        assertThat(observed.at("/reason/params/detail").asString()).isEqualTo("exit status 1:\nno such file");
        server.awaitQuiet();
        var facts = server.api().get("/api/v1/events?type=workspace.observed").expect(200);
        assertThat(facts.text("/items/0/data")).doesNotContain("no such file");
    }
}
