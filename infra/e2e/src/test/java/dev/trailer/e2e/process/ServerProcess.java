package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's own program, {@code --mode server}, on a port and a data directory that stay the same over any number of
 * lives. Its words are appended to {@code server.log} beside its data. Closing it ends it and the PostgreSQL that it brought
 * along. One thread, except {@link #client}.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(40);

    private final Path folder;
    private final int port = Places.freePort();
    private final @Nullable String databaseUrl;
    private final Thread atExit = new Thread(this::end, "end-server");
    private @Nullable Process process;
    /** How long its log was when this life began. */
    private long logBefore;

    /**
     * @param folder for its data and its log
     * @param databaseUrl null for a PostgreSQL of its own
     */
    public ServerProcess(Path folder, @Nullable String databaseUrl) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
        // Maven may be interrupted.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it; returns at once.
     *
     * @param javaOptions beside the usual ones, for example {@code -javaagent:…}; later ones win
     */
    public ServerProcess start(String... javaOptions) {
        if (alive()) {
            throw new IllegalStateException("it runs already");
        }
        return startAs(ServerProgram.command(List.of(javaOptions)));
    }

    /** @param java that which runs the program, with all its options */
    ServerProcess startAs(List<String> java) {
        var command = new ArrayList<>(java);
        command.addAll(List.of("--mode", "server"));
        command.addAll(List.of("--data", data().toString(), "--port", Integer.toString(port)));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        if (databaseUrl != null) {
            builder.environment().put("TRAILER_DATABASE_URL", databaseUrl);
        }
        try {
            Files.createDirectories(folder);
            logBefore = Files.exists(log()) ? Files.size(log()) : 0;
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** @throws AssertionError with the end of its log, if it ends or is not ready in time */
    public ServerProcess awaitReady() {
        return awaitReady(START_PATIENCE);
    }

    public ServerProcess awaitReady(Duration patience) {
        var asked = new Client(base(), null, Duration.ofSeconds(5));
        // It answers a moment before it has made its admin; should the database go in between, it ends.
        Await.until(
                "the server on port " + port + " is ready or has ended",
                patience,
                () -> !alive() || (saidReady() && asked.get("/readyz").status() == 200));
        if (!alive()) {
            throw new AssertionError("the server has ended by itself:\n" + lastWords());
        }
        return this;
    }

    private boolean saidReady() throws IOException {
        try (var words = new RandomAccessFile(log().toFile(), "r")) {
            words.seek(logBefore);
            var bytes = new byte[Math.toIntExact(words.length() - logBefore)];
            words.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).contains("Ready on");
        }
    }

    // ---- what is done to it ----

    /** SIGKILL; returns once it is gone. Its PostgreSQL lives on. */
    public void kill() {
        Signals.kill(handle());
    }

    /** SIGSTOP: it stays, and does nothing. */
    public void pause() {
        Signals.send("STOP", handle().pid());
    }

    public void resume() {
        Signals.send("CONT", handle().pid());
    }

    /** SIGTERM; returns once it has ended in order. */
    public void stop() {
        handle().destroy();
        if (!Signals.endsWithin(handle(), STOP_PATIENCE)) {
            throw new AssertionError("the server does not stop within " + STOP_PATIENCE + ":\n" + lastWords());
        }
    }

    // ---- what is known of it ----

    /** By its handle, which those who wait for its end ask too: {@link Process} itself hears of the end a moment later. */
    public boolean alive() {
        return process != null && process.toHandle().isAlive();
    }

    /** Of the life that is, or was last. */
    public ProcessHandle handle() {
        return Objects.requireNonNull(process, "never started").toHandle();
    }

    public int port() {
        return port;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path log() {
        return folder.resolve("server.log");
    }

    /** As its admin; after it was ready once. */
    public Client client() {
        return new Client(base(), adminToken(), REQUEST_PATIENCE);
    }

    public String adminToken() {
        return read(data().resolve("admin-token"));
    }

    /** The end of its log. */
    public String lastWords() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    // ---- the PostgreSQL that it brought along ----

    /** Where it listens now; it keeps its port while the server lives. */
    public Database database() {
        return new Database(
                Integer.parseInt(postmaster().get(3).strip()), "trailer", read(data().resolve("postgres/password")));
    }

    /** Empty if there is none, or it has ended. */
    public Optional<ProcessHandle> databaseProcess() {
        if (!Files.exists(postmasterFile())) {
            return Optional.empty();
        }
        // The number may be a stranger's by now: only one that works on our data is ours.
        return ProcessHandle.of(Long.parseLong(postmaster().getFirst().strip()))
                .filter(found -> found.info().commandLine().orElse("").contains(data().toString()));
    }

    /** SIGKILL to its postmaster; returns once that is gone. */
    public void killDatabase() {
        Signals.kill(databaseProcess().orElseThrow(() -> new AssertionError("no PostgreSQL runs on " + data())));
    }

    private Path postmasterFile() {
        return data().resolve("postgres/data/postmaster.pid");
    }

    private List<String> postmaster() {
        try {
            return Files.readAllLines(postmasterFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        var running = process;
        if (running != null && running.isAlive()) {
            resume();
            running.destroy();
            if (!Signals.endsWithin(running.toHandle(), STOP_PATIENCE)) {
                running.destroyForcibly();
            }
        }
        databaseProcess().ifPresent(left -> {
            Signals.send("INT", left.pid());
            if (!Signals.endsWithin(left, STOP_PATIENCE)) {
                left.destroyForcibly();
            }
        });
    }
}
