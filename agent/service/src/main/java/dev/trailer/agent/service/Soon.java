package dev.trailer.agent.service;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs something a little later, once for all who asked meanwhile. Safe for many threads. */
final class Soon {
    private final Duration delay;
    private final Runnable task;
    private final AtomicBoolean asked = new AtomicBoolean();

    Soon(Duration delay, Runnable task) {
        this.delay = delay;
        this.task = task;
    }

    void ask() {
        if (asked.compareAndSet(false, true)) {
            Thread.ofVirtual().name("trailer-agent-soon").start(this::run);
        }
    }

    private void run() {
        try {
            Signal.rest(delay);
        } catch (InterruptedException e) {
            return;
        } finally {
            // Before the task: who asks while it looks at things asks for another look.
            asked.set(false);
        }
        task.run();
    }
}
