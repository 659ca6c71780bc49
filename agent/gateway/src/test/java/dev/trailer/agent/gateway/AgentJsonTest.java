package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.domain.reason.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentJsonTest {
    @Test
    void a_report_that_cannot_be_read_does_not_silence_the_others() {
        var beat = heartbeat("""
                {"epoch": 2, "sequence": 7, "engineUp": true, "facts": null, "metrics": null, "newer": 1,
                 "workspaces": [
                   {"workspace": "a", "generation": 1, "phase": "hibernating"},
                   {"workspace": "b", "generation": 1, "phase": "running", "container": "c", "newer": true},
                   {"workspace": "c", "generation": 1, "phase": "failed", "cause": {"kind": "eclipse"}},
                   null],
                 "volumes": [{"volume": "v", "gone": "perhaps"}, {"volume": "w", "gone": true}],
                 "builds": [], "strays": []}""");
        assertThat(beat.workspaces()).containsExactly(new WorkspaceReport("b", 1, Phase.RUNNING, null, "c"));
        assertThat(beat.volumes()).hasSize(1);
        assertThat(beat.sequence()).isEqualTo(7);
    }

    @Test
    void lists_that_are_missing_are_empty() {
        var beat = heartbeat("{\"epoch\": 1, \"sequence\": 1, \"engineUp\": false}");
        assertThat(beat)
                .isEqualTo(
                        new Heartbeat(1, 1, false, null, null, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void what_is_no_heartbeat_is_refused() {
        for (var text : List.of("", "[]", "null", "{", "{\"epoch\": \"x\"}", "\0")) {
            assertThatThrownBy(() -> heartbeat(text)).as(text).isInstanceOf(Refused.class);
        }
    }

    @Test
    void what_is_sent_names_its_kinds() {
        var state = new DesiredState("t", 3, true, List.of(new DesiredResource.Forget("x")));
        assertThat(text(AgentJson.write(state, DesiredState.class)))
                .contains("\"kind\":\"forget\"")
                .contains("\"whole\":true");
        assertThat(text(AgentJson.write(new ImageDefinition.Reference("postgres:18"), ImageDefinition.class)))
                .contains("\"kind\":\"reference\"");
    }

    private static Heartbeat heartbeat(String json) {
        return AgentJson.heartbeat(new AgentBody(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
