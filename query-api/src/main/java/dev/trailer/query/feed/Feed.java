package dev.trailer.query.feed;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.facts.FactReader;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Growth;
import dev.trailer.query.port.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * All live streams of this server. Stops before the web server does, so that streams end cleanly and readers go on with
 * another server, or with this one when it is back. Any thread.
 */
final class Feed implements SmartLifecycle, StreamFigures {
    /**
     * What a feed puts up with.
     *
     * @param subscribers at the same time
     * @param heartbeat the longest silence
     * @param patience with a reader that takes nothing, though there is always something to take by then
     */
    record Limits(int subscribers, Duration heartbeat, Duration patience) {
        /**
         * A waiting stream costs some kilobytes: this many fit a small server. Proxies commonly cut what is silent for 30
         * or 60 s; with the tick of a second the silence stays below 15.
         */
        static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /**
     * A stream that is about to begin.
     *
     * @param preamble its first bytes
     */
    record Opening(Audience audience, long position, String preamble) {}

    /** How long a stop waits for the readers to have heard of it. */
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    private final FactSource facts;
    private final FactReader reader;
    private final Timeline timeline;
    private final Limits limits;
    private final Chunks chunks;
    private final Pump pump;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Tally tally = new Tally();
    private volatile @Nullable String mark;
    private volatile boolean closed;
    private volatile boolean running;

    Feed(FactSource facts, FactReader reader, Growth growth, Timeline timeline, Limits limits) {
        this.facts = facts;
        this.reader = reader;
        this.timeline = timeline;
        this.limits = limits;
        this.chunks = new Chunks(facts, new FactLines(reader));
        this.pump = new Pump(facts, chunks, limits.heartbeat());
        growth.onGrowth(pump::pull);
        pump.start();
    }

    /** Finds where a stream begins. Blocks on the database. */
    Opening open(Principal principal, StreamRequest asked) {
        if (closed || subscriptions.size() >= limits.subscribers()) {
            throw new Refused(new Reason.Contended());
        }
        var now = StreamId.markOf(timeline.current());
        noteTimeline(now);
        // Asked of the database: what this server has not heard of yet, another one may have acknowledged.
        var head = new StreamId(facts.head(), now);
        var audience = new Audience(reader, principal, asked.topics(), now);
        var after = asked.after();
        if (after == null) {
            return new Opening(audience, head.position(), Blocks.beginAt(head));
        }
        if (after.mark() != null && !after.mark().equals(now)) {
            return new Opening(
                    audience,
                    head.position(),
                    Blocks.reset(
                            head,
                            "other_timeline",
                            "The ledger was restored from a backup since. Read everything again."));
        }
        if (after.position() > head.position()) {
            return new Opening(
                    audience,
                    head.position(),
                    Blocks.reset(
                            head,
                            "unknown_position",
                            "The ledger has not come to that position: it was restored from a backup. Read everything"
                                    + " again."));
        }
        return new Opening(audience, after.position(), Blocks.goOn());
    }

    /** Nobody restores a database under a running server, but if it happens no reader may mix the two. */
    private void noteTimeline(String now) {
        var before = mark;
        mark = now;
        if (before != null && !before.equals(now)) {
            log.warn("the ledger's timeline has changed; {} streams begin anew", subscriptions.size());
            for (var each : subscriptions) {
                if (!each.audience().mark().equals(now)) {
                    each.end(Farewell.OTHER_TIMELINE);
                }
            }
        }
    }

    /**
     * The rest of the stream: written straight to the request's connection from when this is subscribed to, which must be
     * when the preamble has been; completes when the stream ends.
     */
    Mono<DataBuffer> follow(Opening opening, ServerHttpRequest request) {
        return Mono.create(response -> join(opening, Outlet.of(request, tally), response));
    }

    private void join(Opening opening, Outlet outlet, MonoSink<DataBuffer> response) {
        var subscription = new Subscription(opening.audience(), opening.position(), outlet, response, tally);
        subscriptions.add(subscription);
        response.onDispose(() -> {
            subscription.forget();
            outlet.free();
            subscriptions.remove(subscription);
        });
        outlet.watch(limits.patience(), () -> {
            log.info("cut {}: took nothing for {}", outlet.reader(), limits.patience());
            subscription.cut(Farewell.TOO_SLOW);
        });
        pump.admit(subscription);
        if (closed) {
            subscription.end(Farewell.SERVER_STOPPING);
        }
    }

    @Override
    public int subscribers() {
        return subscriptions.size();
    }

    @Override
    public long waitingBytes() {
        return tally.waitingBytes();
    }

    @Override
    public List<String> reasons() {
        return Stream.of(Farewell.values()).map(Farewell::code).toList();
    }

    @Override
    public long cut(String reason) {
        return Stream.of(Farewell.values())
                .filter(why -> why.code().equals(reason))
                .mapToLong(tally::ended)
                .sum();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        closed = true;
        var all = List.copyOf(subscriptions);
        all.forEach(each -> each.end(Farewell.SERVER_STOPPING));
        try {
            CompletableFuture.allOf(all.stream().map(Subscription::left).toArray(CompletableFuture<?>[]::new))
                    .get(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info("{} streams were not told that the server stops", subscriptions.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        pump.close();
        chunks.close();
        running = false;
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
