package dev.trailer.agent.gateway;

import dev.trailer.api.HostView;
import org.jspecify.annotations.Nullable;

/** @param metrics the latest sample, null if there is none */
public record AgentStatus(HostView.AgentView agent, HostView.@Nullable MetricsView metrics) {}
