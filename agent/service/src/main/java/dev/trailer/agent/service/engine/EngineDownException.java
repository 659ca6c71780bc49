package dev.trailer.agent.service.engine;

/** The engine does not answer: nothing is known about what it holds. */
public final class EngineDownException extends EngineException {
    public EngineDownException(String message, Throwable cause) {
        super(message, cause);
    }
}
