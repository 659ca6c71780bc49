package dev.trailer.bench.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program of this room in a process of its own, which is told lines and answers with lines. It ends when its input does. */
public final class Companion implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    private Companion(Process process) {
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    public static Companion start(Surroundings surroundings, Class<?> program, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(surroundings.bench());
        command.add("-Dloader.main=" + program.getName());
        command.add("org.springframework.boot.loader.launch.PropertiesLauncher");
        command.addAll(arguments);
        File log = surroundings.work().resolve(program.getSimpleName() + ".log").toFile();
        return new Companion(new ProcessBuilder(command).redirectError(log).start());
    }

    public void say(String line) {
        in.println(line);
    }

    /** @throws IOException if it says nothing for so long, or has ended */
    public String hear(Duration patience) throws IOException, InterruptedException {
        var line = CompletableFuture.supplyAsync(() -> {
            try {
                return out.readLine();
            } catch (IOException e) {
                return null;
            }
        });
        try {
            var heard = line.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (heard == null) {
                throw new IOException("a companion has ended");
            }
            return heard;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a companion says nothing", e);
        }
    }

    @Override
    public void close() {
        in.close();
        try {
            if (process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
