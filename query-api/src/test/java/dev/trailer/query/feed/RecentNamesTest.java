package dev.trailer.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.query.Ledger;
import dev.trailer.query.Things;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentNamesTest {
    private final RecordedEvent early = event(1);
    private final RecordedEvent late = event(2);
    private long now;
    private Duration takes = Duration.ZERO;
    private String inView = "api";
    private int asked;

    private final RecentNames names = new RecentNames(
            _ -> {
                asked++;
                now += takes.toNanos();
                return inView;
            },
            () -> now);

    private static RecordedEvent event(int position) {
        var ledger = Ledger.of(Things.seen(Phase.RUNNING, 1, "a"), Things.seen(Phase.RUNNING, 1, "b"));
        return ledger.events().get(position - 1);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void a_name_is_asked_for_once_in_a_while() {
        assertThat(names.of(early)).isEqualTo("api");
        inView = "renamed";
        assertThat(names.of(late)).isEqualTo("api");
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofSeconds(5));
        assertThat(names.of(late)).isEqualTo("renamed");
    }

    @Test
    void what_a_fact_says_counts_at_once_but_not_what_an_older_one_said() {
        names.heard(late, "new");
        names.heard(early, "old");
        assertThat(names.of(late)).isEqualTo("new");
        assertThat(asked).isZero();
    }

    @Test
    void a_slow_database_is_not_asked_for_every_fact() {
        takes = Duration.ofSeconds(1);
        assertThat(names.of(early)).isEqualTo("api");
        pass(Duration.ofSeconds(4));
        assertThat(names.of(late)).isEqualTo("api");
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThat(names.of(late)).isEqualTo("api");
        assertThat(asked).isEqualTo(2);
    }
}
