package dev.trailer.agent.service.engine;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up on a call after some time. The channel of a Unix socket knows no time limits of its own, and an engine that hangs would hold
 * its caller for ever.
 */
final class Bounded {
    private Bounded() {}

    interface Call<T> {
        T make() throws Exception;
    }

    /**
     * @throws SocketTimeoutException if the call is not over by then; it is interrupted, which closes its socket
     * @throws IOException as the call does
     */
    static <T> T within(Duration limit, Call<T> call) throws IOException {
        var task = new FutureTask<>(call::make);
        Thread.ofVirtual().name("engine-call").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new SocketTimeoutException("no answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw thrown(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /** As the call threw it, where that needs no wrapping. */
    private static IOException thrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case IOException e -> e;
            default -> new IOException(cause);
        };
    }
}
