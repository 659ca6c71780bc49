package dev.trailer.agent.service.engine;

import org.jspecify.annotations.Nullable;

/** The engine will not make a network on this subnet; on another it may. */
public final class SubnetTakenException extends EngineException {
    public SubnetTakenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
