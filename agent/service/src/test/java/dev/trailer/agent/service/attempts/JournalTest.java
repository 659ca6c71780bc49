package dev.trailer.agent.service.attempts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final String SUBJECT = "image:i/1";

    private long millis = 1_000;
    private int changes;
    private final Journal journal = new Journal(
            () -> TimeUnit.MILLISECONDS.toNanos(millis), text -> text.replace("hunter2", "***"), () -> changes++);

    private AttemptReport next() {
        return journal.next(7).orElseThrow();
    }

    private Attempt only() {
        var attempts = next().attempts();
        assertThat(attempts).hasSize(1);
        return attempts.getFirst();
    }

    private AttemptReport tell() {
        var report = next();
        journal.told(report);
        return report;
    }

    @Test
    void an_attempt_is_told_from_its_first_step_to_its_end_and_then_forgotten() {
        var run = journal.begins(SUBJECT, 3);
        assertThat(journal.next(7)).isEmpty();
        run.begins(Step.FETCH_IMAGE);
        millis += 20;
        run.done();
        run.begins(Step.BUILD_IMAGE);
        millis += 300;
        var working = only();
        assertThat(working.id()).isEqualTo(run.id());
        assertThat(working.subject()).isEqualTo(SUBJECT);
        assertThat(working.generation()).isEqualTo(3);
        assertThat(working.agoMillis()).isEqualTo(320);
        assertThat(working.outcome()).isEqualTo(Outcome.WORKING);
        assertThat(working.steps().stream().map(Attempt.Taken::tookMillis)).containsExactly(20L, 300L);
        assertThat(working.steps().getLast().afterMillis()).isEqualTo(20);
        tell();
        assertThat(journal.next(7)).isEmpty();
        run.done();
        run.ends();
        assertThat(only().outcome()).isEqualTo(Outcome.DONE);
        assertThat(only().change()).isGreaterThan(working.change());
        tell();
        assertThat(journal.next(7)).isEmpty();
        assertThat(changes).isPositive();
    }

    @Test
    void an_attempt_without_a_step_is_never_told() {
        journal.begins(SUBJECT, 0).ends();
        assertThat(journal.next(7)).isEmpty();
    }

    @Test
    void what_failed_is_told_with_its_words_and_last_lines_and_nothing_secret_in_them() {
        var run = journal.begins(SUBJECT, 0);
        run.begins(Step.BUILD_IMAGE);
        run.said("logging in with hunter2");
        assertThat(run.failed("exit code 1 of hunter2")).isEqualTo("exit code 1 of ***\nlogging in with ***");
        run.ends();
        var step = only().steps().getFirst();
        assertThat(step.error()).isEqualTo("exit code 1 of ***");
        assertThat(step.tail()).containsExactly("logging in with ***");
        assertThat(next().output().getFirst().lines()).containsExactly("logging in with ***");
    }

    @Test
    void progress_is_read_from_what_the_engine_says() {
        var run = journal.begins(SUBJECT, 0);
        run.begins(Step.BUILD_IMAGE);
        run.said("Step 3/7 : RUN make");
        run.said(" ---> Running in 0123");
        assertThat(requireNonNull(only().steps().getFirst().progress()))
                .isEqualTo(new Attempt.Progress(3, 7, "RUN make"));
        run.said("STEP 4/7: RUN make install");
        assertThat(requireNonNull(only().steps().getFirst().progress()))
                .isEqualTo(new Attempt.Progress(4, 7, "RUN make install"));
    }

    @Test
    void lines_are_numbered_and_told_again_from_the_same_number_until_they_arrived() {
        var run = journal.begins(SUBJECT, 0);
        run.begins(Step.BUILD_IMAGE);
        run.said("a");
        var lost = next().output().getFirst();
        run.said("b");
        var again = tell().output().getFirst();
        assertThat(lost).isEqualTo(new AttemptReport.Output(run.id(), 1, List.of("a")));
        assertThat(again).isEqualTo(new AttemptReport.Output(run.id(), 1, List.of("a", "b")));
        run.said("c");
        assertThat(next().output().getFirst().first()).isEqualTo(3);
    }

    @Test
    void the_end_is_never_told_before_the_last_line() {
        var run = journal.begins(SUBJECT, 0);
        run.begins(Step.BUILD_IMAGE);
        for (int i = 0; i < AttemptReport.MAX_LINES + 5; i++) {
            run.said("line " + i);
        }
        tell();
        run.done();
        run.ends();
        for (var report = next(); report.attempts().isEmpty(); report = next()) {
            journal.told(report);
        }
        assertThat(next().output()).isNotEmpty();
        assertThat(tell().attempts().getFirst().outcome()).isEqualTo(Outcome.DONE);
        assertThat(journal.next(7)).isEmpty();
    }

    @Test
    void of_lines_that_come_too_fast_the_middle_is_left_out_and_a_line_says_so() {
        var output = new Output();
        int said = 5 * Output.MAX_WAITING;
        for (int i = 1; i <= said; i++) {
            output.add("line " + i);
        }
        assertThat(output.size()).isEqualTo(2 * Output.MAX_WAITING);
        output.end();
        var told = tellAll(output);
        assertThat(told).hasSize(2 * Output.MAX_WAITING + 1);
        assertThat(told.getFirst()).isEqualTo("line 1");
        assertThat(told.get(Output.MAX_WAITING))
                .isEqualTo("… " + (said - 2 * Output.MAX_WAITING) + " lines left out …");
        assertThat(told.getLast()).isEqualTo("line " + said);
    }

    @Test
    void an_endless_output_is_told_up_to_a_limit_and_then_only_its_end() {
        var output = new Output();
        int said = 2 * Output.MAX_TOLD;
        var told = new ArrayList<String>();
        for (int i = 1; i <= said; i++) {
            output.add("line " + i);
            if (i % 500 == 0) {
                told.addAll(tellAll(output));
            }
        }
        assertThat(told).hasSize(Output.MAX_TOLD);
        output.end();
        told.addAll(tellAll(output));
        assertThat(told.get(Output.MAX_TOLD)).contains("lines left out");
        assertThat(told.getLast()).isEqualTo("line " + said);
    }

    private static List<String> tellAll(Output output) {
        var told = new ArrayList<String>();
        while (output.canBeTold()) {
            var lines = output.waiting(300);
            told.addAll(lines);
            output.told(output.next(), lines.size());
        }
        return told;
    }

    @Test
    void a_server_that_is_away_for_long_costs_the_oldest_attempts_and_no_more_memory() {
        var first = journal.begins(SUBJECT, 0);
        first.begins(Step.BUILD_IMAGE);
        first.done();
        first.ends();
        for (int i = 0; i < 300; i++) {
            var run = journal.begins(SUBJECT, i);
            run.begins(Step.START_CONTAINER);
            run.done();
            run.ends();
        }
        var told = new ArrayList<String>();
        while (journal.next(7).isPresent()) {
            var report = tell();
            assertThat(report.attempts()).hasSizeLessThanOrEqualTo(AttemptReport.MAX_ATTEMPTS);
            report.attempts().forEach(attempt -> told.add(attempt.id()));
        }
        assertThat(told).hasSize(256).doesNotContain(first.id());
    }
}
