package dev.trailer.bench;

import dev.trailer.bench.server.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of the program. One thread. */
public final class Run {
    private final Set<String> wanted;
    private final boolean quick;
    private final Surroundings surroundings;
    private final List<Figure> reported = new ArrayList<>();

    /**
     * @param wanted names of figures
     * @param quick shorter windows and fewer repetitions: good for looking for a cause, not for a verdict
     */
    Run(Set<String> wanted, boolean quick, Surroundings surroundings) {
        this.wanted = Set.copyOf(wanted);
        this.quick = quick;
        this.surroundings = surroundings;
    }

    public boolean quick() {
        return quick;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public boolean wants(String figure) {
        return wanted.contains(figure);
    }

    public void report(Figure figure) {
        reported.add(figure);
        say(Table.row(figure));
    }

    /** What another benchmark has measured before in this run. */
    public Optional<Figure> reported(String name) {
        return reported.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    List<Figure> reported() {
        return List.copyOf(reported);
    }

    /** How long a rate is measured each time. */
    public Duration window() {
        return Duration.ofSeconds(quick ? 3 : 10);
    }

    /** The compiler needs some ten thousand commands; then a rate stays where it is. */
    public Duration warmUp() {
        return Duration.ofSeconds(8);
    }

    /** A line for whoever waits. */
    public void say(String line) {
        System.err.println("  " + line);
    }
}
