package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** POSIX signals for processes that we started. */
final class Signals {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Signals() {}

    /** @param signal for example {@code STOP} */
    static void send(String signal, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
                throw new IllegalStateException("kill -" + signal + " " + pid + " does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** At once, also if it is paused; returns once it is gone. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        if (!endsWithin(process, PATIENCE)) {
            throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
        }
    }

    static boolean endsWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
