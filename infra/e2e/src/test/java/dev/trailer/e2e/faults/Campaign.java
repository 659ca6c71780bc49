package dev.trailer.e2e.faults;

import dev.trailer.e2e.faults.load.History;
import dev.trailer.e2e.faults.load.Load;
import dev.trailer.e2e.faults.model.Checks;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.Database;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One scenario's seed, load, history and checks. The seed decides what is asked and which faults come in which order; how
 * threads meet is never the same twice. One thread.
 */
final class Campaign implements AutoCloseable {
    private static final Duration PROGRESS = Duration.ofSeconds(30);

    private final String scenario;
    private final long seed;
    private final Random random;
    private final History history = new History();
    private final Checks checks;
    private final Load load;

    /**
     * Begins the load; the servers must be well.
     *
     * @param servers as an admin uses them
     */
    Campaign(String scenario, Database database, List<Supplier<Client>> servers) {
        this.scenario = scenario;
        seed = Long.getLong("trailer.faults.seed", new Random().nextLong(1_000_000_000L));
        random = new Random(seed);
        System.out.printf("fault seed=%d scenario=%s; again: infra/e2e/replay %d %s%n", seed, scenario, seed, scenario);
        checks = new Checks(database, history);
        load = new Load(seed, servers, history);
        load.begin();
    }

    /** The long run's count, or the plain one's. */
    static int count(int plain, int inTheLongRun) {
        return "long".equals(System.getProperty("trailer.e2e")) ? inTheLongRun : plain;
    }

    Random random() {
        return random;
    }

    History history() {
        return history;
    }

    Load load() {
        return load;
    }

    Checks checks() {
        return checks;
    }

    void say(String words) {
        System.out.printf(
                "  %s: %s; %s; ledger checked to %d%n",
                scenario, words, history, checks.model().position());
    }

    /** Until so many more changes have been acknowledged. */
    void awaitProgress(int changes) {
        long target = history.done() + changes;
        Await.until(
                changes + " more changes acknowledged, " + history,
                PROGRESS,
                () -> history.done() >= target || !history.wrongs().isEmpty());
    }

    /** Some time, at random: what is there to wait for is just that. */
    void linger(Duration atMost) {
        LockSupport.parkNanos(random.nextLong(atMost.toNanos()));
    }

    /** Ends the load and checks everything. */
    void finish(Client server) throws Exception {
        load.quieten();
        checks.atTheEnd(load.readers(), server);
        say("whole");
    }

    /** Does a step; what fails says how to do it again. */
    void step(String what, Step step) throws Exception {
        try {
            step.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("%s, seed %d, at: %s; %s".formatted(scenario, seed, what, history), e);
        }
    }

    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    @Override
    public void close() {
        load.close();
    }
}
