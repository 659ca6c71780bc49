package dev.trailer.agent.service;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is reported but metrics. Equal reports need not be sent again at once. */
record Reports(
        boolean engineUp,
        @Nullable HostFacts facts,
        List<WorkspaceReport> workspaces,
        List<VolumeReport> volumes,
        List<BuildReport> builds,
        List<String> strays) {
    static final Reports NOTHING_SEEN = new Reports(false, null, List.of(), List.of(), List.of(), List.of());
}
