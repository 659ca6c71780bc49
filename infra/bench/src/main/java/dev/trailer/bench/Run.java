package dev.trailer.bench;

import dev.trailer.bench.server.Surroundings;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of the program.
 *
 * @param wanted names of figures
 * @param quick shorter windows and fewer repetitions: good for looking for a cause, not for a verdict
 */
public record Run(Set<String> wanted, boolean quick, Surroundings surroundings, Consumer<Figure> reporting) {
    public Run {
        wanted = Set.copyOf(wanted);
    }

    public boolean wants(String figure) {
        return wanted.contains(figure);
    }

    public void report(Figure figure) {
        reporting.accept(figure);
    }

    /** How long a rate is measured each time. */
    public Duration window() {
        return Duration.ofSeconds(quick ? 3 : 10);
    }

    /** A line for whoever waits. */
    public void say(String line) {
        System.err.println("  " + line);
    }
}
