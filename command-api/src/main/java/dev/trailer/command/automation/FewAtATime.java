package dev.trailer.command.automation;

import dev.trailer.command.automation.Policy.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One thing done to many, each by a command of its own, within what one call of a policy may take. Any thread. */
final class FewAtATime {
    /** The ledger commits what waits together; more would take connections from those who read. */
    static final int AT_ONCE = 8;

    /** A policy holds a database row while it works, for twice as long at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private FewAtATime() {}

    /**
     * Whoever is told again begins anew, so doing it to one that is done must be quick and harmless.
     *
     * @param wanted asked before each few; once it says no, the rest is left
     * @throws Unfinished if the time is up
     */
    static <T> void each(List<T> all, BooleanSupplier wanted, Consumer<T> work) {
        long began = System.nanoTime();
        for (int from = 0; from < all.size() && wanted.getAsBoolean(); from += AT_ONCE) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new Unfinished(from + " of " + all.size() + " looked at");
            }
            together(all.subList(from, Math.min(all.size(), from + AT_ONCE)), work);
        }
    }

    private static <T> void together(List<T> few, Consumer<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(few.stream()
                    .<Callable<Void>>map(each -> () -> {
                        work.accept(each);
                        return null;
                    })
                    .toList());
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            // The server is stopping.
            Thread.currentThread().interrupt();
            throw new Unfinished("interrupted");
        }
    }
}
