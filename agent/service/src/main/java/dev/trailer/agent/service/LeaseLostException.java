package dev.trailer.agent.service;

/** The lease ran out before a change; whoever holds it now may be acting. */
final class LeaseLostException extends RuntimeException {
    LeaseLostException() {
        super("the lease has run out");
    }
}
