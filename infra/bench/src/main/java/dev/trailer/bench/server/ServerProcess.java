package dev.trailer.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, started with the very command of {@code infra/up}. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    /** Between two looks whether it is ready: the error of {@link #readyTime}. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Process process;
    private final Path data;
    private final URI url;
    private final Duration readyTime;

    private ServerProcess(Process process, Path data, URI url, Duration readyTime) {
        this.process = process;
        this.data = data;
        this.url = url;
        this.readyTime = readyTime;
    }

    /** On a new data directory, without an agent. */
    public static ServerProcess start(Surroundings surroundings, String name) throws IOException, InterruptedException {
        return start(surroundings, "server", surroundings.newData(name));
    }

    /**
     * Returns once it is ready.
     *
     * @param mode {@code server} or {@code standalone}
     */
    public static ServerProcess start(Surroundings surroundings, String mode, Path data)
            throws IOException, InterruptedException {
        int port = freePort();
        var url = URI.create("http://127.0.0.1:" + port);
        var log = data.resolve("server.log").toFile();
        var builder = new ProcessBuilder(command(surroundings, mode, data, port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().remove("TRAILER_DATABASE_URL");
        long begun = System.nanoTime();
        var process = builder.start();
        // Whoever ends us early does not leave it behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        await(() -> ready(url), process, begun, log.toPath());
        var server = new ServerProcess(process, data, url, Duration.ofNanos(System.nanoTime() - begun));
        try {
            // The first admin and the first image come a moment after the first answer.
            await(() -> Files.readString(log.toPath()).contains("\nAdmin token:"), process, begun, log.toPath());
            Machine.note(surroundings, server.database().version());
        } catch (Exception e) {
            server.close();
            throw new IOException(e);
        }
        return server;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, Process process, long begun, Path log)
            throws IOException, InterruptedException {
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() - begun > START_PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IOException("the server did not start: " + tail(log));
            }
            Thread.sleep(LOOK);
        }
    }

    private static List<String> command(Surroundings surroundings, String mode, Path data, int port) {
        var command = new ArrayList<String>();
        for (String part : surroundings.server()) {
            command.add(part.replace("@MODE@", mode)
                    .replace("@DATA@", data.toString())
                    .replace("@PORT@", Integer.toString(port)));
        }
        var profile = System.getProperty("trailer.bench.profile", "");
        if (!profile.isEmpty()) {
            command.add(1, "-XX:StartFlightRecording=settings=profile,filename=" + profile + "-server.jfr");
        }
        return command;
    }

    private static boolean ready(URI url) {
        try (var wire = Wire.to(url)) {
            return wire.send("GET", "/readyz", null).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** From the start of the process until it said that it was ready. */
    public Duration readyTime() {
        return readyTime;
    }

    public URI url() {
        return url;
    }

    public Path data() {
        return data;
    }

    /** As the admin. */
    public Api api() throws IOException {
        return new Api(url, Files.readString(data.resolve("admin-token")).strip());
    }

    /** Its embedded PostgreSQL: the port is on the fourth line of {@code postmaster.pid}. */
    public Database database() throws IOException {
        var postgres = data.resolve("postgres");
        var port = Files.readAllLines(postgres.resolve("data").resolve("postmaster.pid"))
                .get(3)
                .strip();
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "trailer",
                Files.readString(postgres.resolve("password")).strip());
    }

    /** What it calls itself on engines. */
    public String install() throws IOException, SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select install from ledger_head")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Not its PostgreSQL's. */
    public long residentBytes() throws IOException {
        return Resident.bytes(process.toHandle());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String tail(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** As a person would, and if that does not help, as the kernel would. */
    @Override
    public void close() {
        process.destroy();
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
