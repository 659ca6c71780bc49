/**
 * The agent's side of {@code /agent/v1}: who it is (credentials), its session and epoch, what it was told (desired state), and
 * the lease under which it may act. Door: {@link dev.trailer.agent.service.server.ServerClient}, {@link
 * dev.trailer.agent.service.server.Sessions}, {@link dev.trailer.agent.service.server.DesiredKeeper}.
 */
@NullMarked
package dev.trailer.agent.service.server;

import org.jspecify.annotations.NullMarked;
