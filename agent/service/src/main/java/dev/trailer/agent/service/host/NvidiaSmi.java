package dev.trailer.agent.service.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code nvidia-smi}, which may hang for as long as the driver does: it is then killed with its children, and not
 * started again before it has ended. One thread.
 */
final class NvidiaSmi {
    private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final String PROGRAM = "nvidia-smi";
    /** Without persistence mode the first call initialises each GPU, a second or two for each of eight. */
    static final Duration LIMIT = Duration.ofSeconds(15);
    /** Eight GPUs with all that is asked for are 2 KiB. */
    static final int MAX_OUTPUT_BYTES = 256 * 1024;
    /** For what was killed to end: longer only if the kernel itself waits for the device. */
    private static final Duration DYING = Duration.ofSeconds(2);

    /** What it said, on both of its streams; {@code exit} is its status. */
    sealed interface Said {
        record Ended(int exit, String text) implements Said {}

        record TimedOut() implements Said {}

        /** More than anybody could read. */
        record TooMuch() implements Said {}
    }

    private final String path;
    private final Duration limit;
    /** Whether the one before is still there. */
    private BooleanSupplier stuck = () -> false;

    /** @param path directories to look in, as the variable PATH has them */
    NvidiaSmi(String path, Duration limit) {
        this.path = path;
        this.limit = limit;
    }

    /** Looked for each time, as a driver may be installed while we run; some lookups in directories are all it costs. */
    Optional<Path> program() {
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** @throws IOException if it cannot be started */
    Said run(Path program, List<String> arguments) throws IOException, InterruptedException {
        if (stuck.getAsBoolean()) {
            return new Said.TimedOut();
        }
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        var output = new CompletableFuture<byte[]>();
        Thread.ofVirtual().name("nvidia-smi-output").start(() -> read(process, output));
        stuck = () -> process.isAlive() || !output.isDone();
        try {
            return said(process, output);
        } finally {
            kill(process);
        }
    }

    private Said said(Process process, CompletableFuture<byte[]> output) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            byte[] bytes = output.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (bytes.length > MAX_OUTPUT_BYTES) {
                return new Said.TooMuch();
            }
            if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return new Said.TimedOut();
            }
            return new Said.Ended(process.exitValue(), new String(bytes, StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            return new Said.TimedOut();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void read(Process process, CompletableFuture<byte[]> output) {
        try (InputStream stream = process.getInputStream()) {
            output.complete(stream.readNBytes(MAX_OUTPUT_BYTES + 1));
        } catch (IOException | RuntimeException | Error e) {
            output.completeExceptionally(e);
        }
    }

    private static void kill(Process process) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!process.waitFor(DYING.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} cannot be killed; it is not started again before it has ended", PROGRAM);
        }
    }
}
