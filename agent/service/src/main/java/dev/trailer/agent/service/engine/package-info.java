/**
 * A container engine as the agent needs it: few calls, typed specs, no engine's own types. The specs are where a
 * container's configuration is checked again, whatever the server sent. Door: {@link
 * dev.trailer.agent.service.engine.ContainerEngine}; {@link dev.trailer.agent.service.engine.DockerEngine} is the first one.
 */
@NullMarked
package dev.trailer.agent.service.engine;

import org.jspecify.annotations.NullMarked;
