package dev.trailer.agent.gateway;

import dev.trailer.api.HostView;
import org.jspecify.annotations.Nullable;

/**
 * How a host's agent and its host are doing.
 *
 * @param metrics the latest sample, null if there is none
 * @param strays null if there are none
 */
public record AgentStatus(
        HostView.AgentView agent, HostView.@Nullable MetricsView metrics, HostView.@Nullable StraysView strays) {}
