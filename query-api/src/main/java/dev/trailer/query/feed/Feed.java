package dev.trailer.query.feed;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.facts.FactReader;
import dev.trailer.query.feed.Subscription.Surroundings;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Growth;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All live streams of this server. Stops before the web server does, so that streams end cleanly and readers go on with
 * another server, or with this one when it is back. Any thread.
 */
final class Feed implements SmartLifecycle {
    /** A waiting stream costs some kilobytes: this many fit a small server. */
    static final int MAX_SUBSCRIBERS = 10_000;

    private final Bell bell = new Bell();
    private final Surroundings around;
    private final AtomicInteger subscribers = new AtomicInteger();
    private final Scheduler threads = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    private volatile boolean closed;
    private volatile boolean running;

    Feed(FactSource facts, FactReader reader, Growth growth) {
        this.around = new Surroundings(facts, new FactLines(reader), reader::visible, bell, () -> closed);
        growth.onGrowth(bell::pull);
        bell.start();
    }

    /**
     * A stream, chunk by chunk: each inner publisher reads only when it is subscribed to, which must be when the one before
     * has completed; how far ahead of the reader that may be is the outlet's concern.
     *
     * @param asked the position behind which to go on, as sent; null: begin at the present head
     * @param outlet where the chunks go
     */
    Flux<Mono<byte[]>> open(Principal principal, @Nullable String asked, Outlet outlet) {
        return Flux.defer(() -> {
            if (subscribers.incrementAndGet() > MAX_SUBSCRIBERS || closed) {
                subscribers.decrementAndGet();
                return Flux.error(new Refused(new Reason.Contended()));
            }
            var subscription = new Subscription(around, principal, asked, outlet);
            return Flux.<Mono<byte[]>>generate(sink -> {
                        if (subscription.ended()) {
                            sink.complete();
                        } else {
                            sink.next(Mono.fromCallable(subscription::next).subscribeOn(threads));
                        }
                    })
                    .doFinally(_ -> {
                        subscription.end();
                        subscribers.decrementAndGet();
                    });
        });
    }

    int subscribers() {
        return subscribers.get();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        closed = true;
        running = false;
        bell.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped first of all, before the web server waits for its requests to end. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
