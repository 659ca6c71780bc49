package dev.trailer.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.query.RandomLedger;
import java.util.Random;

/** For tests: the property that every projector has. */
public final class Batches {
    private static final int RUNS = 60;
    private static final int COMMANDS = 120;

    private Batches() {}

    /** Any split of any history gives equal rows at equal positions; {@code -Dtrailer.seed=N} runs one seed. */
    public static <R> void doNotMatterTo(Projector<R> projector) {
        Long only = Long.getLong("trailer.seed");
        long first = only == null ? System.nanoTime() : only;
        for (long seed = first; seed < first + (only == null ? RUNS : 1); seed++) {
            var ledger = RandomLedger.of(seed, COMMANDS);
            assertThat(ledger.events())
                    .as("what is left out when it is filled")
                    .filteredOn(event -> !projector.concerns(event.type()))
                    .allSatisfy(event -> assertThat(projector.keys(event)).isEmpty());
            var whole = Rows.of(projector, ledger);
            var split = new Rows<>(projector);
            var random = new Random(seed);
            long at = 0;
            while (at < ledger.head()) {
                var batch = ledger.after(at, 1 + random.nextInt(9));
                split.handle(batch);
                at = batch.getLast().position();
            }
            assertThat(split.all()).as("with -Dtrailer.seed=" + seed).isEqualTo(whole.all());
        }
    }
}
