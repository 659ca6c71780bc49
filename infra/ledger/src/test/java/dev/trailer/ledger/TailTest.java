package dev.trailer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.facts.Subject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is in memory never has a gap. There is no database here: whatever is not in memory cannot be had. */
class TailTest {
    private final Tail tail = new Tail(new LedgerReader(new PGSimpleDataSource(), new EventCodec(List.of())));

    private static List<RecordedEvent> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(position -> new RecordedEvent(
                        position,
                        "event-" + position,
                        new Subject(Subject.Kind.WORKSPACE, Samples.WORKSPACE.value()),
                        position,
                        "workspace.created",
                        Samples.events().getFirst(),
                        new Metadata(Actor.system("test"), "command", "correlation", null, null),
                        Instant.EPOCH))
                .toList();
    }

    private List<Long> remembered(long position, int limit) {
        var found = tail.remembered(position, limit);
        return found == null
                ? List.of(-1L)
                : found.stream().map(RecordedEvent::position).toList();
    }

    @Test
    void what_is_appended_is_remembered_from_any_place() {
        tail.appended(events(1, 5));
        tail.appended(events(6, 7));
        assertThat(remembered(0, 100)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(remembered(3, 2)).containsExactly(4L, 5L);
        assertThat(remembered(7, 2)).isEmpty();
        assertThat(tail.head()).isEqualTo(7);
        assertThat(tail.missingBehind(7)).isEqualTo(-1);
    }

    @Test
    void where_another_server_wrote_in_between_the_gap_is_filled_once() {
        tail.appended(events(1, 5));
        tail.appended(events(8, 9));
        assertThat(tail.head()).isEqualTo(9);
        assertThat(remembered(4, 100)).containsExactly(5L);
        assertThat(remembered(5, 100)).containsExactly(-1L);
        assertThat(tail.missingBehind(9)).isEqualTo(5);
        tail.filled(events(6, 9));
        assertThat(remembered(4, 100)).containsExactly(5L, 6L, 7L, 8L, 9L);
        // What was appended while the gap was being read.
        tail.appended(events(10, 10));
        tail.filled(events(6, 10));
        assertThat(remembered(8, 100)).containsExactly(9L, 10L);
    }

    @Test
    void what_does_not_go_on_from_the_last_is_not_kept() {
        tail.appended(events(1, 2));
        tail.filled(events(5, 6));
        assertThat(tail.head()).isEqualTo(6);
        assertThat(remembered(2, 100)).containsExactly(-1L);
    }

    @Test
    void a_server_that_only_listens_begins_at_the_head() {
        assertThat(tail.missingBehind(0)).isEqualTo(-1);
        assertThat(tail.missingBehind(40)).isEqualTo(39);
        tail.filled(events(40, 40));
        assertThat(remembered(39, 100)).containsExactly(40L);
        assertThat(remembered(38, 100)).containsExactly(-1L);
    }

    @Test
    void after_a_restore_it_stands_where_the_ledger_stands() {
        tail.appended(events(1, 9));
        tail.restart(4);
        assertThat(tail.head()).isEqualTo(4);
        assertThat(remembered(3, 100)).containsExactly(-1L);
    }

    @Test
    void the_bell_rings_for_every_growth() {
        var rung = new AtomicInteger();
        tail.onGrowth(rung::incrementAndGet);
        tail.appended(events(1, 1));
        tail.filled(events(2, 2));
        tail.reached(3);
        tail.reached(3);
        assertThat(rung).hasValue(3);
    }
}
