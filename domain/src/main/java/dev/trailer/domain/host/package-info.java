/**
 * A machine with an agent: what it can carry, whether it answers, whether it takes new work. Door: {@link
 * dev.trailer.domain.host.HostCommand} and {@link dev.trailer.domain.host.HostEvent}.
 */
@NullMarked
package dev.trailer.domain.host;

import org.jspecify.annotations.NullMarked;
