package dev.trailer.query.output;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.port.AttemptHistory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends logs while they grow. Each reader looks in the table, a few times a second, as fast as its connection takes it: so
 * it does not matter which server the agent talks to. Any thread.
 */
public final class OutputLog {
    /** Each is two small queries a look. */
    private static final int MAX_READERS = 64;
    /** Agents tell every 200 ms; together that is still seen as live. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** With a reader that takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(OutputLog.class);

    private final AttemptHistory history;
    private final Semaphore free = new Semaphore(MAX_READERS);
    private final Scheduler threads = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

    public OutputLog(AttemptHistory history) {
        this.history = history;
    }

    /**
     * The whole answer to a request.
     *
     * @param open finds what is asked for; what it throws is the only thing that comes. So does {@code contended}, if as many
     *     as may be are being read
     */
    public Mono<Void> answer(ServerWebExchange exchange, Callable<OutputSource> open) {
        var response = exchange.getResponse();
        var pieces = Flux.<String, Follower>generate(() -> open(exchange, open), OutputLog::next, _ -> free.release())
                .subscribeOn(threads)
                .timeout(PATIENCE)
                .onErrorResume(TimeoutException.class, _ -> {
                    log.info("a log was cut off: its reader took nothing for {}", PATIENCE);
                    return Flux.empty();
                })
                .filter(piece -> !piece.isEmpty())
                .map(piece -> Mono.just(response.bufferFactory().wrap(piece.getBytes(StandardCharsets.UTF_8))));
        return response.writeAndFlushWith(pieces);
    }

    private Follower open(ServerWebExchange exchange, Callable<OutputSource> open) throws Exception {
        if (!free.tryAcquire()) {
            throw new Refused(new Reason.Contended());
        }
        try {
            var request = exchange.getRequest().getHeaders();
            var format = request.getAccept().contains(MediaType.TEXT_EVENT_STREAM) ? Format.EVENTS : Format.PLAIN;
            var place = Place.of(request.getFirst(Place.LAST_EVENT_ID));
            var follower = new Follower(history, open.call(), format, place, System::nanoTime);
            var headers = exchange.getResponse().getHeaders();
            headers.setContentType(
                    format == Format.EVENTS
                            ? MediaType.TEXT_EVENT_STREAM
                            : new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            // For nginx, which would hold back what is small.
            headers.set("X-Accel-Buffering", "no");
            return follower;
        } catch (Exception e) {
            free.release();
            throw e;
        }
    }

    private static Follower next(Follower follower, SynchronousSink<String> sink) {
        var piece = follower.next();
        if (piece == null) {
            sink.next(follower.end());
            sink.complete();
            return follower;
        }
        if (piece.isEmpty()) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        sink.next(piece);
        return follower;
    }
}
