package dev.trailer.agent.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for lost hosts, and tidies up, as long as the server runs; on one virtual thread of its own. */
final class HostWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final long LOOKS_PER_TIDYING = Duration.ofHours(1).dividedBy(EVERY);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final LostHosts lostHosts;
    private final AttemptNotes notes;
    private @Nullable Thread thread;

    HostWatch(LostHosts lostHosts, AttemptNotes notes) {
        this.lostHosts = lostHosts;
        this.notes = notes;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("host-watch").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        for (long looks = 1; !Thread.currentThread().isInterrupted(); looks++) {
            try {
                Thread.sleep(EVERY);
                lostHosts.look();
                if (looks % LOOKS_PER_TIDYING == 0) {
                    LOG.debug("{} old notes on attempts dropped", notes.prune());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("The watch over hosts failed and goes on", e);
            }
        }
    }
}
