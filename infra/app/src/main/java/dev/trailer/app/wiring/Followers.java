package dev.trailer.app.wiring;

import dev.trailer.command.automation.AutoStop;
import dev.trailer.ledger.Arrivals;
import dev.trailer.ledger.Follower;
import dev.trailer.ledger.Follower.Building;
import dev.trailer.ledger.Follower.Built;
import dev.trailer.ledger.FollowerGroup;
import dev.trailer.ledger.Tail;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.context.SmartLifecycle;

/** All followers of the ledger on this server: views, timers, policies; and the watch over the timers. */
public final class Followers implements SmartLifecycle {
    private final List<FollowerGroup> groups;
    private final Map<String, Follower> byName = new LinkedHashMap<>();
    private final Tail tail;
    private final AutoStop timers;
    private final Arrivals arrivals;
    private final OldestTransaction transactions;
    private volatile boolean running;

    Followers(List<FollowerGroup> groups, Tail tail, AutoStop timers, OldestTransaction transactions) {
        this.groups = groups;
        groups.forEach(group -> group.members().forEach(follower -> byName.put(follower.name(), follower)));
        this.tail = tail;
        this.timers = timers;
        this.arrivals = new Arrivals(tail);
        this.transactions = transactions;
    }

    /** @return false if the time was up first */
    boolean await(String name, long position, Duration patience) throws InterruptedException {
        return get(name).await(position, patience);
    }

    long position(String name) {
        return get(name).position();
    }

    private Follower get(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    /**
     * Waits until all have begun, so that every view can be read.
     *
     * @return false if the time was up first
     */
    public boolean awaitBegun(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (var follower : byName.values()) {
            if (!follower.await(0, Duration.ofNanos(until - System.nanoTime()))) {
                return false;
            }
        }
        return true;
    }

    /** By name, why each does not go on. */
    public Map<String, String> failures() {
        var failures = new LinkedHashMap<String, String>();
        byName.forEach((name, follower) -> {
            var failure = follower.failure();
            if (failure != null) {
                failures.put(name, "stands still: " + failure.getMessage());
            } else if (!follower.hasBegun()) {
                failures.put(name, "has not begun");
            }
        });
        return failures;
    }

    /** By name, how far each view is that is made anew. */
    public Map<String, String> buildings() {
        var buildings = new LinkedHashMap<String, String>();
        byName.forEach((name, follower) -> {
            var building = follower.building();
            if (building != null) {
                buildings.put(name, building.toString());
            }
        });
        return buildings;
    }

    /** What each figure means is told in docs/operating.md. */
    public void bindTo(MeterRegistry registry) {
        byName.values().forEach(follower -> {
            gauge(registry, follower, "position", Follower::position);
            gauge(registry, follower, "behind", f -> Math.max(0, tail.head() - f.position()));
            gauge(registry, follower, "lag.seconds", f -> seconds(arrivals.ageAfter(f.position())));
            gauge(registry, follower, "rebuild.position", f -> Optional.ofNullable(f.building())
                    .map(Building::position)
                    .orElse(0L));
            gauge(registry, follower, "rebuilt.events", f -> Optional.ofNullable(f.built())
                    .map(Built::events)
                    .orElse(0L));
            gauge(registry, follower, "rebuilt.seconds", f -> Optional.ofNullable(f.built())
                    .map(b -> seconds(b.took()))
                    .orElse(0.0));
            FunctionCounter.builder("trailer.follower.failures", follower, Follower::failures)
                    .tag("follower", follower.name())
                    .register(registry);
        });
        Gauge.builder("trailer.database.oldest.transaction.seconds", transactions, OldestTransaction::seconds)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, Follower follower, String name, ToDoubleFunction<Follower> value) {
        Gauge.builder("trailer.follower." + name, follower, value)
                .tag("follower", follower.name())
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void start() {
        groups.forEach(FollowerGroup::start);
        timers.start();
        running = true;
    }

    @Override
    public void stop() {
        timers.close();
        groups.parallelStream().forEach(FollowerGroup::close);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
