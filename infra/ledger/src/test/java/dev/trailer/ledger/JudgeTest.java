package dev.trailer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.facts.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final String ID = "a";

    private static Append append(Map<String, Long> basis, long... sequences) {
        var event = Samples.events().getFirst();
        var entries = Arrays.stream(sequences)
                .mapToObj(sequence -> new Entry(
                        UUID.randomUUID(),
                        new Subject(Subject.Kind.WORKSPACE, ID),
                        sequence,
                        event,
                        new EventCodec(List.of()).encode(event)))
                .toList();
        return new Append(
                new Metadata(Actor.system("test"), "command", "command", null, null),
                new byte[0],
                basis,
                entries,
                List.of(),
                List.of(),
                null,
                0,
                new CompletableFuture<>());
    }

    private static Judge judge(Map<String, Long> sequences, Append... batch) {
        var judge = new Judge(sequences, Set.of(), new ClaimStore(List.of()).book());
        judge.judge(List.of(batch));
        return judge;
    }

    @Test
    void events_follow_the_last_that_is_recorded() {
        assertThat(judge(Map.of(ID, 4L), append(Map.of(), 5, 6)).refusals()).isEmpty();
        assertThat(judge(Map.of(ID, 4L), append(Map.of(), 4)).refusals()).hasSize(1);
        assertThat(judge(Map.of(ID, 4L), append(Map.of(), 6)).refusals()).hasSize(1);
        assertThat(judge(Map.of(), append(Map.of(), 0)).refusals()).isEmpty();
    }

    @Test
    void a_command_is_judged_on_what_those_before_it_in_the_batch_leave() {
        var first = append(Map.of(), 5);
        var late = append(Map.of(), 5);
        var next = append(Map.of(), 6);
        var judged = judge(Map.of(ID, 4L), first, late, next);
        assertThat(judged.granted()).containsExactly(first, next);
        assertThat(judged.refusals()).containsOnlyKeys(late);
        assertThat(judged.sequences()).containsEntry(ID, 6L);
    }

    @Test
    void what_was_only_read_must_not_have_moved_on() {
        assertThat(judge(Map.of("read", 7L), append(Map.of("read", 7L))).refusals())
                .isEmpty();
        assertThat(judge(Map.of("read", 8L), append(Map.of("read", 7L))).refusals())
                .hasSize(1);
        assertThat(judge(Map.of(ID, 4L), append(Map.of(), 5), append(Map.of(ID, 4L)))
                        .refusals())
                .as("also not by a command of the same batch")
                .hasSize(1);
    }
}
