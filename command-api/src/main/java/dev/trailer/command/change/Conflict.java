package dev.trailer.command.change;

/** Somebody else was first. Nothing was done; decide again on what is there now. */
public final class Conflict extends RuntimeException {
    public Conflict(Throwable cause) {
        super("somebody else was first", cause, false, false);
    }
}
