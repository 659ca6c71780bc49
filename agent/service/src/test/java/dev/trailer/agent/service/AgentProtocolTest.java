package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent towards the server: enrolment, sessions, what it accepts as desired. On a fake engine. */
class AgentProtocolTest {
    private static final ImageRef BASE = new ImageRef("i-base", "base", 1);

    private Path state;
    private TestServer server;
    private FakeEngine engine;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        state = directory;
        engine = new FakeEngine();
        server = new TestServer("install", "host-1");
        server.define(BASE, new ImageDefinition.Reference("debian"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Agent startAgent() throws IOException {
        return Agent.start(AgentConfig.of(server.uri(), state, () -> Optional.of(TestServer.TOKEN)), engine);
    }

    private static Workspace workspace(long generation, Power power) {
        return new Workspace("w", "w", generation, 1, power, BASE, 100, 64 << 20, 0, Map.of(), List.of());
    }

    private void awaitPhase(long generation, Phase phase) {
        awaitTrue(() -> server.report("w")
                .filter(report -> report.generation() == generation && report.phase() == phase)
                .isPresent());
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    @Test
    void a_lost_enrolment_answer_is_asked_for_again_with_the_same_secret() throws IOException {
        server.loseNextEnrolmentAnswers(2);
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
            assertThat(agent.status().host()).isEqualTo("host-1");
            // The server takes only one secret for a token, so all three were the same.
            assertThat(server.enrolments()).isEqualTo(3);
        }
    }

    @Test
    void its_files_are_its_owners_alone_and_it_enrols_once() throws IOException {
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
        }
        Path credentials = state.resolve("credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        try (var agent = Agent.start(AgentConfig.of(server.uri(), state, Optional::empty), engine)) {
            awaitTrue(() -> agent.status().healthy());
        }
        assertThat(server.enrolments()).isEqualTo(1);
        assertThat(server.epoch()).isEqualTo(2);
    }

    @Test
    void without_a_token_it_says_what_is_missing() throws IOException {
        try (var agent = Agent.start(AgentConfig.of(server.uri(), state, Optional::empty), engine)) {
            awaitTrue(() -> agent.status().problem() != null);
            assertThat(agent.status().problem()).contains("enrolment token");
            assertThat(agent.status().enrolled()).isFalse();
        }
    }

    @Test
    void a_second_process_fences_the_first_which_stays_down_and_says_why() throws IOException {
        server.desire(workspace(1, Power.RUNNING));
        try (var first = startAgent()) {
            awaitPhase(1, Phase.RUNNING);
            try (var second = startAgent()) {
                awaitTrue(
                        () -> first.status().fenced() != null && second.status().healthy());
                assertThat(first.status().leaseHeld()).isFalse();
                assertThat(first.status().healthy()).isFalse();
                assertThat(server.epoch()).isEqualTo(2);
                server.desire(workspace(2, Power.STOPPED));
                awaitPhase(2, Phase.STOPPED);
                assertThat(engine.changes().stream().filter("stopContainer"::equals))
                        .hasSize(1);
            }
        }
    }

    private AgentConfig withToken(String token) {
        return AgentConfig.of(server.uri(), state, Optional::empty).withLaterToken(() -> Optional.of(token));
    }

    private String credentials() throws IOException {
        return Files.readString(state.resolve("credentials.json"));
    }

    @Test
    void a_rotated_token_is_taken_at_the_next_start_and_gives_the_host_another_secret() throws IOException {
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
        }
        var before = credentials();
        server.rotate("rotated");
        server.loseNextEnrolmentAnswers(1);
        try (var agent = Agent.start(withToken("rotated"), engine)) {
            awaitTrue(() -> agent.status().healthy());
            assertThat(agent.status().host()).isEqualTo("host-1");
        }
        var after = credentials();
        assertThat(after).isNotEqualTo(before);
        assertThat(state.resolve("credentials-next.json")).doesNotExist();
        try (var agent = Agent.start(withToken("rotated"), engine)) {
            awaitTrue(() -> agent.status().healthy());
        }
        assertThat(credentials()).as("a token is taken once").isEqualTo(after);
        assertThat(server.enrolments()).as("one answer was lost").isEqualTo(3);
    }

    @Test
    void a_token_that_is_not_taken_leaves_the_host_with_the_secret_it_has() throws IOException {
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
        }
        var before = credentials();
        try (var agent = Agent.start(withToken("nobodys"), engine)) {
            awaitTrue(() -> agent.status().healthy());
        }
        server.rotate("anothers");
        server.enrolAs("host-2");
        try (var agent = Agent.start(withToken("anothers"), engine)) {
            awaitTrue(() -> agent.status().healthy());
            assertThat(agent.status().host()).isEqualTo("host-1");
        }
        assertThat(credentials()).isEqualTo(before);
    }

    @Test
    void an_agent_that_was_shut_out_comes_back_by_itself_once_there_is_a_new_token() throws IOException {
        var token = new AtomicReference<>(Optional.<String>empty());
        var config = AgentConfig.of(server.uri(), state, () -> Optional.of(TestServer.TOKEN))
                .withLaterToken(token::get);
        try (var agent = Agent.start(config, engine)) {
            awaitTrue(() -> agent.status().healthy());
            server.rotate("rotated");
            server.revoke();
            awaitTrue(() -> agent.status().problem() != null);
            assertThat(agent.status().problem()).contains("no session");
            token.set(Optional.of("rotated"));
            awaitTrue(() -> agent.status().problem() == null && agent.status().healthy());
        }
    }

    @Test
    void a_server_that_forgot_the_session_gets_a_new_one() throws IOException {
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
            server.forgetSessions();
            awaitTrue(() -> server.epoch() == 2);
            server.desire(workspace(1, Power.RUNNING));
            awaitPhase(1, Phase.RUNNING);
            assertThat(agent.status().fenced()).isNull();
        }
    }

    @Test
    void an_older_revision_is_refused_within_a_timeline_also_after_a_restart() throws IOException {
        server.desire(workspace(1, Power.RUNNING));
        server.desire(new DesiredResource.Volume("v", false));
        try (var agent = startAgent()) {
            awaitPhase(1, Phase.RUNNING);
            assertThat(agent.status().healthy()).isTrue();
        }
        server.setRevision(2);
        server.desireQuietly(workspace(2, Power.REMOVED));
        try (var agent = startAgent()) {
            awaitTrue(() -> agent.status().healthy());
            awaitTrue(() -> server.desiredAsked() > 3);
            assertThat(engine.changes()).doesNotContain("stopContainer", "removeContainer");
            server.setRevision(100);
            awaitPhase(2, Phase.GONE);
        }
    }

    @Test
    void another_timeline_is_taken_whole_and_an_empty_one_removes_nothing() throws IOException {
        server.desire(workspace(1, Power.RUNNING));
        try (var agent = startAgent()) {
            awaitPhase(1, Phase.RUNNING);
            int changes = engine.changes().size();
            server.restoreEmpty("t2");
            awaitTrue(() -> server.last().orElseThrow().strays().contains("trailer-w-1"));
            assertThat(engine.changes()).hasSize(changes);
            assertThat(agent.status().healthy()).isTrue();
        }
    }

    @Test
    void while_the_server_is_away_what_runs_runs_on_and_afterwards_it_goes_on_in_the_same_session() throws IOException {
        server.grantLease(1_500);
        server.desire(workspace(1, Power.RUNNING));
        try (var agent = startAgent()) {
            awaitPhase(1, Phase.RUNNING);
            int changes = engine.changes().size();
            server.goAway();
            awaitTrue(() -> !agent.status().leaseHeld());
            assertThat(engine.changes()).hasSize(changes);
            assertThat(engine.containers())
                    .singleElement()
                    .returns(Observed.Status.RUNNING, Observed.Container::status);
            server.comeBack();
            awaitTrue(() -> agent.status().healthy());
            assertThat(server.epoch()).isEqualTo(1);
            server.desire(workspace(2, Power.STOPPED));
            awaitPhase(2, Phase.STOPPED);
        }
    }

    @Test
    void a_pass_with_nothing_to_do_asks_the_engine_for_no_change() throws IOException {
        for (int i = 0; i < 100; i++) {
            server.desire(
                    new Workspace("w" + i, "w" + i, 1, 1, Power.RUNNING, BASE, 100, 64 << 20, 0, Map.of(), List.of()));
        }
        try (var agent = startAgent()) {
            awaitTrue(() -> server.last().stream()
                            .flatMap(heartbeat -> heartbeat.workspaces().stream())
                            .filter(report -> report.phase() == Phase.RUNNING)
                            .count()
                    == 100);
            int changes = engine.changes().size();
            for (int i = 0; i < 3; i++) {
                int looks = engine.looks();
                // A wake-up, and nothing to do: it is kept, and nobody uses it.
                server.desire(new DesiredResource.Volume("v" + i, false));
                awaitTrue(() -> engine.looks() > looks);
            }
            assertThat(engine.changes()).hasSize(changes);
            assertThat(agent.status().healthy()).isTrue();
        }
    }

    @Test
    void heartbeats_are_numbered_and_tell_facts_and_load_and_never_a_false_engine_down() throws IOException {
        server.desire(workspace(1, Power.RUNNING));
        try (var agent = startAgent()) {
            awaitPhase(1, Phase.RUNNING);
            awaitTrue(() -> server.heartbeats().size() > 3);
            assertThat(agent.status().healthy()).isTrue();
        }
        List<Heartbeat> heartbeats = server.heartbeats();
        for (int i = 0; i < heartbeats.size(); i++) {
            assertThat(heartbeats.get(i).sequence()).isEqualTo(i + 1L);
        }
        assertThat(heartbeats).allMatch(Heartbeat::engineUp);
        assertThat(heartbeats).allMatch(heartbeat -> heartbeat.metrics() != null && heartbeat.facts() != null);
    }

    @Test
    void an_engine_away_at_the_start_is_told_and_what_is_desired_follows_its_return() throws IOException {
        engine.goDown();
        server.desire(workspace(1, Power.RUNNING));
        try (var agent = startAgent()) {
            awaitTrue(() ->
                    server.last().filter(heartbeat -> !heartbeat.engineUp()).isPresent());
            assertThat(agent.status().engineUp()).isFalse();
            engine.heal();
            awaitPhase(1, Phase.RUNNING);
        }
    }
}
