/** What the agent knows of the machine it is on: capacity, load, GPUs, routes. Door: {@link dev.trailer.agent.service.host.HostWatch}. */
@NullMarked
package dev.trailer.agent.service.host;

import org.jspecify.annotations.NullMarked;
