package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.Cause.StepFailed;
import dev.trailer.agent.protocol.Step;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A step that failed and is tried again later.
 *
 * @param generation it failed for; a newer intent is tried at once
 * @param attempt the id of the first one, while the same step fails with the same words
 * @param times in a row
 * @param requests the builds that this failure answers
 */
public record Failure(
        Step step, long generation, String attempt, String detail, int times, Instant retryAt, Set<String> requests) {

    public Failure {
        requests = Set.copyOf(requests);
        detail = detail.length() <= StepFailed.MAX_DETAIL_LENGTH
                ? detail
                : detail.substring(0, StepFailed.MAX_DETAIL_LENGTH);
    }

    /** The failure after another one (or none) in the same lane. */
    static Failure next(
            @Nullable Failure before,
            Action action,
            String attempt,
            String detail,
            Instant now,
            RandomGenerator random) {
        var requests = new TreeSet<String>();
        if (action instanceof Action.OnImage image) {
            requests.addAll(image.requests());
        }
        boolean again = before != null && before.step == action.step() && before.generation == action.generation();
        int times = before != null && again ? before.times + 1 : 1;
        if (before != null && again) {
            requests.addAll(before.requests);
        }
        Instant retryAt = now.plus(Backoff.OF_STEPS.jittered(times, random));
        var fresh = new Failure(action.step(), action.generation(), attempt, detail, times, retryAt, requests);
        // The first words are kept while nothing but ids and figures differ: what is reported must not flicker.
        return before != null && again && essence(before.detail).equals(essence(fresh.detail))
                ? new Failure(before.step, before.generation, before.attempt, before.detail, times, retryAt, requests)
                : fresh;
    }

    private static String essence(String detail) {
        return detail.replaceAll("[0-9a-f]{6,}|[0-9]+", "#");
    }

    StepFailed cause() {
        return new StepFailed(step, attempt, detail);
    }
}
