package dev.trailer.app.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL in a directory of the server's own. It listens on loopback only and asks everybody for a password that
 * only the owner of the directory can read; it syncs every commit and checks its pages. One that was left behind by a
 * killed server is taken over as it runs.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USER = "trailer";
    /** Recovery after a crash of the machine may replay some hundred megabytes of log. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /** Durability is the product's promise, so it is spelled out although these are the defaults. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=64MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=warning");

    /** Between attempts to start it again after it ended by itself. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final Path directory;
    private final Path program;
    private final int port;
    private final String password;
    private volatile ProcessHandle process;
    private volatile boolean closed;

    private EmbeddedPostgres(Path directory, Path program, ProcessHandle process, int port, String password) {
        this.directory = directory;
        this.program = program;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts it, making the database first if there is none.
     *
     * @param directory made if it is not there; nobody else may enter it
     * @throws IOException with what to do, if it does not start
     */
    public static EmbeddedPostgres start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        var password = password(directory.resolve("password"));
        var data = directory.resolve("data");
        var program = PostgresBinaries.unpack(directory);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(directory, program, data);
        }
        requireSameMajor(program, data);
        var postgres = running(directory, program, password);
        if (postgres.isPresent()) {
            log.info("Taking over the PostgreSQL that already runs in {}", data);
            postgres.get().watch();
            return postgres.get();
        }
        int port = freePort();
        var started = new EmbeddedPostgres(directory, program, launch(directory, program, port), port, password);
        started.awaitReady();
        started.watch();
        return started;
    }

    private static ProcessHandle launch(Path directory, Path program, int port) throws IOException {
        var command = asOrdinaryUser(List.of(
                program.resolve("bin/postgres").toString(),
                "-D",
                directory.resolve("data").toString()));
        for (String setting : SETTINGS) {
            command.add("-c");
            command.add(setting);
        }
        command.addAll(List.of("-c", "port=" + port));
        // A session of its own: a terminal's Ctrl-C is for us, who end it last.
        command.addFirst("setsid");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(directory).toFile())
                .start()
                .toHandle();
    }

    private static Path output(Path directory) {
        return directory.resolve("postgres.log");
    }

    /** If it ends by itself it is started again, on the same port: whoever uses it finds it where it was. */
    private void watch() {
        var unused = process.onExit().thenRunAsync(this::startAgain, task -> Thread.ofVirtual()
                .name("postgres-watch")
                .start(task));
    }

    private void startAgain() {
        while (!closed) {
            log.error("PostgreSQL has ended by itself; starting it again. Its own words are in {}", output(directory));
            try {
                Thread.sleep(RESTART_PAUSE);
                if (relaunch()) {
                    awaitReady();
                    watch();
                }
                return;
            } catch (IOException e) {
                log.error("PostgreSQL does not start again: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** @return false if it was closed meanwhile: then nobody is left to end what would be started */
    private synchronized boolean relaunch() throws IOException {
        if (closed) {
            return false;
        }
        process = launch(directory, program, port);
        return true;
    }

    /** What is left to end: from here on nothing is started again. */
    private synchronized ProcessHandle lastProcess() {
        closed = true;
        return process;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** For tests that end it from outside. */
    public ProcessHandle process() {
        return process;
    }

    private static void initialise(Path directory, Path program, Path data) throws IOException, InterruptedException {
        log.info("Making a new database in {}", data);
        var unfinished = directory.resolve("data-unfinished");
        deleteTree(unfinished);
        var command = asOrdinaryUser(List.of(
                program.resolve("bin/initdb").toString(),
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "--pwfile",
                directory.resolve("password").toString(),
                "--auth",
                "scram-sha-256",
                "--data-checksums",
                "--encoding",
                "UTF8",
                "--locale",
                "C.UTF-8"));
        var output = directory.resolve("initdb.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(START_PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("PostgreSQL's initdb failed: " + tail(output));
        }
        Files.move(unfinished, data);
    }

    private static void requireSameMajor(Path program, Path data) throws IOException, InterruptedException {
        var process = new ProcessBuilder(program.resolve("bin/postgres").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        var version = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        var stored = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!version.contains(" " + stored + ".")) {
            throw new IOException("the data in " + data + " is of PostgreSQL " + stored + ", this program brings "
                    + version.strip() + ": dump it with the old one and restore it with the new");
        }
    }

    /** A server that was killed leaves its PostgreSQL running: {@code postmaster.pid} has its process on line 1, port on 4. */
    private static Optional<EmbeddedPostgres> running(Path directory, Path program, String password)
            throws IOException {
        var pidFile = directory.resolve("data").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        var handle = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
        if (handle.isEmpty()) {
            return Optional.empty();
        }
        var candidate = new EmbeddedPostgres(
                directory, program, handle.get(), Integer.parseInt(lines.get(3).strip()), password);
        return candidate.refusal() == null ? Optional.of(candidate) : Optional.empty();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        for (var refusal = refusal(); refusal != null; refusal = refusal()) {
            if (!process.isAlive()) {
                throw new IOException("PostgreSQL ended at its start: " + tail(output(directory)));
            }
            if (System.nanoTime() > deadline) {
                process.destroy();
                throw new IOException("PostgreSQL is not ready after " + START_PATIENCE + ": " + refusal);
            }
            Thread.sleep(POLL);
        }
    }

    /** Why it cannot be used yet, null if it can. */
    private @Nullable String refusal() {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        try (var connection = DriverManager.getConnection(url(), properties)) {
            return connection.isValid(2) ? null : "not valid";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var unfinished = Files.createTempFile(
                file.getParent(),
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, password + "\n");
        Files.move(unfinished, file);
        return password;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with no more rights than the owner. */
    private static List<String> asOrdinaryUser(List<String> command) {
        var all = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(command);
        return all;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String tail(Path output) throws IOException {
        var lines = Files.readAllLines(output);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Stops it in order: open transactions are rolled back, a checkpoint is written. */
    @Override
    public void close() {
        var last = lastProcess();
        try {
            // PostgreSQL's "fast shutdown" is SIGINT; SIGTERM would wait for every client to leave.
            new ProcessBuilder("kill", "-INT", Long.toString(last.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
            last.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("PostgreSQL did not stop in {}; it will recover at the next start", STOP_PATIENCE, e);
            last.destroyForcibly();
        }
    }
}
