package dev.trailer.bench.replay;

import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.bench.server.Host;
import dev.trailer.bench.server.ServerDoor;
import dev.trailer.bench.server.Surroundings;
import java.nio.file.Path;
import java.util.List;

/** A ledger with one observation in it that came as all do: from an agent. */
final class Beginning {
    private Beginning() {}

    static void of(Surroundings surroundings, Path data) throws Exception {
        try (var server = ServerDoor.start(surroundings, data);
                var host = Host.online(server.api(), "bench")) {
            var workspace = server.api()
                    .post(
                            "/api/v1/workspaces",
                            "{\"name\":\"one\",\"image\":\"base\",\"host\":\"" + host.name() + "\"}")
                    .text("/id");
            host.report(List.of(new WorkspaceReport(workspace, 1, Phase.RUNNING, null, "0".repeat(64))));
        }
    }
}
