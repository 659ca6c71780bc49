package dev.trailer.e2e.faults.load;

import dev.trailer.e2e.process.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A change that was asked for, and what came of it.
 *
 * @param key its Idempotency-Key, null without
 * @param name of the workspace that it would create, null if it is no creation
 * @param events how many events a creation has, if it was made
 */
public record Asked(
        String method,
        String path,
        @Nullable String body,
        @Nullable String key,
        @Nullable String name,
        int events,
        Answer answer) {

    /** Whether it was done, as far as its sender knows. */
    public boolean acknowledged() {
        return answer.succeeded() && answer.position().isPresent();
    }

    /** Whether it is not known what became of it. */
    public boolean inDoubt() {
        return !answer.answered() || answer.status() >= 500;
    }

    Asked answered(Answer later) {
        return new Asked(method, path, body, key, name, events, later);
    }
}
