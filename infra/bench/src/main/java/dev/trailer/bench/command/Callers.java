package dev.trailer.bench.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several at once, each with its next call as soon as the last is answered. */
final class Callers {
    /** One caller's next call; blocks until it is answered. */
    @FunctionalInterface
    interface Caller {
        void call() throws Exception;
    }

    private Callers() {}

    /**
     * @return answered calls per second, of all together; a call that ends after the window does not count
     * @throws Exception the first failure of any: a rate with failures in it says nothing
     */
    static double perSecond(List<? extends Caller> callers, Duration window) throws Exception {
        long end = System.nanoTime() + window.toNanos();
        var counting = new ArrayList<Callable<Long>>();
        for (Caller caller : callers) {
            counting.add(() -> {
                long answered = 0;
                while (true) {
                    caller.call();
                    if (System.nanoTime() - end > 0) {
                        return answered;
                    }
                    answered++;
                }
            });
        }
        return sum(counting) / (window.toNanos() / 1e9);
    }

    /** As the server's own request handlers are: virtual threads. */
    private static long sum(List<Callable<Long>> tasks) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            long sum = 0;
            for (Future<Long> one : executor.invokeAll(tasks)) {
                sum += one.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
