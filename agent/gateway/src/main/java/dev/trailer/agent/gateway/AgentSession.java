package dev.trailer.agent.gateway;

import dev.trailer.domain.host.HostId;

/**
 * The session that a request of an agent belongs to.
 *
 * @param epoch counts the sessions of the host
 */
record AgentSession(HostId host, long epoch) {}
