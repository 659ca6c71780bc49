package dev.trailer.agent.service;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.Phase;
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
        List<String> strays,
        @Nullable HostImages images) {
    static final Reports NOTHING_SEEN = new Reports(false, null, List.of(), List.of(), List.of(), List.of(), null);

    /** Whether they tell of a failure, an exit or ill health that {@code later} ones know no more of, as it was put right meanwhile. */
    boolean tellMoreThan(Reports later) {
        return workspaces.stream()
                .anyMatch(report -> (report.phase() == Phase.FAILED || report.health() == Health.UNHEALTHY)
                        && !later.workspaces.contains(report));
    }
}
