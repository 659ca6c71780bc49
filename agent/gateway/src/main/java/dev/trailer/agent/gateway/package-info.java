/**
 * The server's side of agents: enrolment, sessions, what should be true on each host, what was seen there, and when a host
 * counts as lost.
 *
 * <p>Door: {@link dev.trailer.agent.gateway.GatewayConfiguration}; {@link dev.trailer.agent.gateway.HostRegistry} for who
 * registers hosts; {@link dev.trailer.agent.gateway.AgentSessions} and {@link dev.trailer.agent.gateway.AttemptNotes} for
 * who shows them. Needs from others: {@link dev.trailer.agent.gateway.Commands}, {@link
 * dev.trailer.agent.gateway.DesiredSource}, {@link dev.trailer.agent.gateway.Placement}, {@link
 * dev.trailer.agent.gateway.ImageDefinitions}, {@link dev.trailer.agent.gateway.Installation}.
 */
@NullMarked
package dev.trailer.agent.gateway;

import org.jspecify.annotations.NullMarked;
