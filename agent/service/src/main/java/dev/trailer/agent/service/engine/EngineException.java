package dev.trailer.agent.service.engine;

import org.jspecify.annotations.Nullable;

/** An engine refused or failed; the message is in its own words and fit to show to the owner. */
public class EngineException extends RuntimeException {
    public EngineException(String message) {
        this(message, null);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The message, never null. */
    public String words() {
        String message = getMessage();
        return message == null ? getClass().getSimpleName() : message;
    }
}
