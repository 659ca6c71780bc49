package dev.trailer.bench.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Several at once, together at a fixed rate: each has its times, and one that is late does not wait for the next. */
final class Pace {
    /** What one of them does each time. */
    @FunctionalInterface
    interface Act<T> {
        void by(T who) throws Exception;
    }

    private Pace() {}

    /** @throws Exception the first failure of any */
    static <T> void run(List<T> actors, double perSecond, Duration window, Act<T> act) throws Exception {
        long start = System.nanoTime();
        long interval = Math.round(actors.size() * 1e9 / perSecond);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < actors.size(); i++) {
                var actor = actors.get(i);
                // Each begins a little after the one before, so that they do not come in volleys.
                long first = start + interval * i / actors.size();
                tasks.add(() -> {
                    for (long due = first; due - start < window.toNanos(); due += interval) {
                        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                        act.by(actor);
                    }
                    return null;
                });
            }
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
    }
}
