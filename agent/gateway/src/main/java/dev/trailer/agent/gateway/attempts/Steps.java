package dev.trailer.agent.gateway.attempts;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.Attempt.Taken;
import dev.trailer.agent.protocol.Step;
import dev.trailer.api.AttemptView.ProgressView;
import dev.trailer.api.AttemptView.StepView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Steps as they are stored, which is as they were said, and as they are shown. Pure; any thread. */
final class Steps {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Steps() {}

    static String write(List<Taken> steps) {
        return JSON.writerFor(Taken[].class).writeValueAsString(steps.toArray(Taken[]::new));
    }

    /** @param ageMillis since the attempt began; null if nothing of it goes on any more */
    static List<StepView> read(String stored, Instant attemptStartedAt, @Nullable Long ageMillis) {
        return Stream.of(JSON.readValue(stored, Taken[].class))
                .map(taken -> view(taken, attemptStartedAt, ageMillis))
                .toList();
    }

    /** Until its last step ended. */
    static long lastedMillis(Attempt attempt) {
        return attempt.steps().isEmpty()
                ? 0
                : attempt.steps().getLast().afterMillis()
                        + attempt.steps().getLast().tookMillis();
    }

    private static StepView view(Taken taken, Instant attemptStartedAt, @Nullable Long ageMillis) {
        var progress = taken.progress();
        long lasted = taken.outcome() == Outcome.WORKING && ageMillis != null
                ? Math.max(taken.tookMillis(), ageMillis - taken.afterMillis())
                : taken.tookMillis();
        return new StepView(
                word(taken.step()),
                word(taken.outcome()),
                attemptStartedAt.plusMillis(taken.afterMillis()),
                lasted,
                progress == null ? null : new ProgressView(progress.done(), progress.of(), progress.what()),
                taken.error(),
                taken.tail());
    }

    /** As the protocol says it. */
    static String word(Outcome outcome) {
        return JSON.convertValue(outcome, String.class);
    }

    private static String word(Step step) {
        return JSON.convertValue(step, String.class);
    }
}
