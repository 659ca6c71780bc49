package dev.trailer.domain.reason;

/** A command, or a request before it became one, was refused. Nothing was changed. */
public final class Refused extends RuntimeException {
    private final transient Reason reason;

    public Refused(Reason reason) {
        // No stack trace: a refusal is an answer, not a fault, and may come thousands of times a second.
        super(Explanations.of(reason).message(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
