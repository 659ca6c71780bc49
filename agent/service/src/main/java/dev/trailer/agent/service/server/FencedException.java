package dev.trailer.agent.service.server;

/** This process must not act any more. */
public final class FencedException extends RuntimeException {
    public FencedException(String reason) {
        super(reason);
    }
}
