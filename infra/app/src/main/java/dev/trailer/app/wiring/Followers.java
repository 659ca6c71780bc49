package dev.trailer.app.wiring;

import dev.trailer.command.automation.AutoStop;
import dev.trailer.ledger.Follower;
import dev.trailer.ledger.FollowerGroup;
import dev.trailer.ledger.Tail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.SmartLifecycle;

/** All followers of the ledger on this server: views, timers, policies; and the watch over the timers. */
public final class Followers implements SmartLifecycle {
    private final List<FollowerGroup> groups;
    private final Map<String, Follower> byName = new LinkedHashMap<>();
    private final Tail tail;
    private final AutoStop timers;
    private volatile boolean running;

    Followers(List<FollowerGroup> groups, Tail tail, AutoStop timers) {
        this.groups = groups;
        groups.forEach(group -> group.members().forEach(follower -> byName.put(follower.name(), follower)));
        this.tail = tail;
        this.timers = timers;
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

    /** By name, why each that stands still does so. */
    public Map<String, String> failures() {
        var failures = new LinkedHashMap<String, String>();
        byName.forEach((name, follower) -> {
            var failure = follower.failure();
            if (failure != null) {
                failures.put(name, String.valueOf(failure.getMessage()));
            }
        });
        return failures;
    }

    public void bindTo(MeterRegistry registry) {
        byName.forEach((name, follower) -> {
            Gauge.builder("trailer.follower.position", follower, Follower::position)
                    .tag("follower", name)
                    .register(registry);
            Gauge.builder("trailer.follower.behind", follower, f -> Math.max(0, tail.head() - f.position()))
                    .description("Events that it has yet to see")
                    .tag("follower", name)
                    .register(registry);
        });
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
