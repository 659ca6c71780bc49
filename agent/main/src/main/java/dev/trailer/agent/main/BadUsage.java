package dev.trailer.agent.main;

/** What the program was told cannot be. The message names the option and what is allowed. */
final class BadUsage extends Exception {
    BadUsage(String message) {
        super(message);
    }
}
