package dev.trailer.identity;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks up what belongs to the hashes of secrets, in the tables each time: all that are asked for while one query runs go
 * with the next. Any thread; does not block.
 */
final class Lookup<T> implements AutoCloseable {
    private static final int MAX_AT_ONCE = 256;
    /** More would only wait to time out. */
    private static final int MAX_WAITING = 8_192;
    /** How long one who asks waits before being told that the tables do not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Asked<T>(byte[] hash, CompletableFuture<Optional<T>> answer) {}

    private final BlockingQueue<Asked<T>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Function<byte[][], Map<String, T>> query;
    private final Thread thread;

    /** @param query finds, by the {@link #key} of its hash, each that is there; on this thread, one at a time */
    Lookup(String name, Function<byte[][], Map<String, T>> query) {
        this.query = query;
        this.thread = Thread.ofPlatform().name("lookup-" + name).daemon().start(this::run);
    }

    static String key(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** Fails with {@code ledger_unavailable} if the tables do not answer. Completes on the thread that looks: be quick there. */
    CompletableFuture<Optional<T>> find(byte[] hash) {
        var asked = new Asked<>(hash, new CompletableFuture<Optional<T>>());
        if (!waiting.offer(asked)) {
            asked.answer.completeExceptionally(new Refused(new Reason.LedgerUnavailable()));
        }
        return asked.answer
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionallyCompose(e -> CompletableFuture.failedFuture(
                        e instanceof Refused ? e : new Refused(new Reason.LedgerUnavailable())));
    }

    private void run() {
        var batch = new ArrayList<Asked<T>>();
        while (!Thread.currentThread().isInterrupted()) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                return;
            }
            waiting.drainTo(batch, MAX_AT_ONCE - 1);
            answer(batch);
        }
    }

    private void answer(List<Asked<T>> batch) {
        try {
            var found = query.apply(batch.stream().map(Asked::hash).distinct().toArray(byte[][]::new));
            batch.forEach(asked -> asked.answer.complete(Optional.ofNullable(found.get(key(asked.hash)))));
        } catch (RuntimeException e) {
            batch.forEach(asked -> asked.answer.completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
