package dev.trailer.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs in the checkout, their output piped to us. */
final class Program {
    /** What a program that has ended has left behind. */
    record Ended(int status, String out, String err, Duration took) {
        Ended succeeded() {
            if (status != 0) {
                throw new AssertionError("ended with status " + status + "\n" + out + err);
            }
            return this;
        }
    }

    /** Of programs that end at once. */
    static final Duration SHORT = Duration.ofSeconds(60);

    private Program() {}

    /** Waits for its end and for the end of its output, which somebody that it left behind might keep open. */
    static Ended run(Duration limit, List<String> command) {
        long start = System.nanoTime();
        Process process = start(command);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), readers);
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), readers);
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("still runs after " + limit + ": " + String.join(" ", command));
                }
                return new Ended(
                        process.exitValue(),
                        out.get(SHORT.toMillis(), TimeUnit.MILLISECONDS),
                        err.get(SHORT.toMillis(), TimeUnit.MILLISECONDS),
                        Duration.ofNanos(System.nanoTime() - start));
            } catch (TimeoutException e) {
                throw new AssertionError("ended, but its output stays open: " + String.join(" ", command), e);
            } catch (ExecutionException e) {
                throw new AssertionError("cannot read what it says: " + String.join(" ", command), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.destroyForcibly();
                closeQuietly(process.getInputStream());
                closeQuietly(process.getErrorStream());
            }
        }
    }

    static Process start(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(Checkout.ROOT.toFile())
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It has been read, or nobody is left to read it.
        }
    }
}
