package dev.trailer.query.history;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.port.AuditTrail;
import dev.trailer.query.port.AuditTrail.Export;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Exports in pieces, each read from the database only when the connection asks for it. What is on its way is bounded by what
 * Reactor Netty asks for ahead, some hundred pieces. Any thread.
 */
final class ExportStream {
    /** Each holds one of the server's few connections for as long as its reader takes. */
    private static final int MAX_AT_ONCE = 2;

    /** A reader that asks for nothing for so long is cut off. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(ExportStream.class);

    private final AuditTrail trail;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);
    private final Scheduler scheduler = Schedulers.boundedElastic();

    ExportStream(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * An export, opened when it is subscribed to.
     *
     * @param begin says what is to be in it; what it throws is the only thing that comes. So does {@code contended}, if as
     *     many as may be are being sent
     */
    Flux<DataBuffer> pieces(DataBufferFactory buffers, Consumer<Export> begin) {
        return Flux.<DataBuffer, Export>generate(
                        () -> open(begin), (export, sink) -> next(buffers, export, sink), this::close)
                .subscribeOn(scheduler)
                .timeout(PATIENCE)
                .doOnError(
                        TimeoutException.class,
                        _ -> log.info("An export was cut off: its reader took nothing for {}", PATIENCE));
    }

    private Export open(Consumer<Export> begin) {
        if (!free.tryAcquire()) {
            throw new Refused(new Reason.Contended());
        }
        try {
            var export = trail.export();
            try {
                begin.accept(export);
                return export;
            } catch (RuntimeException e) {
                export.close();
                throw e;
            }
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private static Export next(DataBufferFactory buffers, Export export, SynchronousSink<DataBuffer> sink) {
        var piece = export.next();
        if (piece == null) {
            sink.complete();
        } else {
            sink.next(buffers.wrap(piece));
        }
        return export;
    }

    /** Never while a piece is read; maybe on a thread that must not wait. */
    private void close(Export export) {
        var unused = scheduler.schedule(() -> {
            free.release();
            export.close();
        });
    }
}
