package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent's own program on a data directory that stays the same over any number of lives. Its words are appended to {@code
 * agent.log} beside its data. One thread.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final URI server;
    private final String dockerHost;
    private final Thread atExit = new Thread(this::end, "end-agent");
    private @Nullable Path caFile;
    private @Nullable Process process;

    /**
     * @param folder for its data and its log
     * @param dockerHost as {@code DOCKER_HOST} names it
     */
    public AgentProcess(Path folder, URI server, String dockerHost) {
        this.folder = folder;
        this.server = server;
        this.dockerHost = dockerHost;
        // Maven may be interrupted.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The token that a first start enrols with. */
    public AgentProcess enrolsWith(String token) {
        write(tokenFile(), token.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Of authorities that it trusts besides Java's, from its next start on; null for those that it has kept. */
    public AgentProcess trusts(@Nullable Path pem) {
        caFile = pem;
        return this;
    }

    /** Another process with the same credentials: that which a copied disk would be. */
    public AgentProcess copied(Path to) {
        var copy = new AgentProcess(to, server, dockerHost);
        for (var file : List.of("credentials.json", "revision.json")) {
            var original = data().resolve("agent").resolve(file);
            if (Files.exists(original)) {
                write(copy.data().resolve("agent").resolve(file), read(original));
            }
        }
        return copy;
    }

    /** Starts it; returns at once. */
    public AgentProcess start(String... javaOptions) {
        return start(Map.of(), javaOptions);
    }

    /** @param environment beside what it has anyway */
    public AgentProcess start(Map<String, String> environment, String... javaOptions) {
        if (alive()) {
            throw new IllegalStateException("it runs already");
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + Places.agentOptions()));
        command.addAll(List.of(javaOptions));
        command.addAll(List.of("-jar", Places.agentJar().toString()));
        command.addAll(List.of("--data", data().toString(), "--server", server.toString()));
        if (Files.exists(tokenFile())) {
            command.addAll(List.of("--token-file", tokenFile().toString()));
        }
        if (caFile != null) {
            command.addAll(List.of("--ca-file", caFile.toString()));
        }
        try {
            Files.createDirectories(folder);
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().put("DOCKER_HOST", dockerHost);
            builder.environment().putAll(environment);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    // ---- what is done to it ----

    /** SIGKILL; returns once it is gone. */
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

    // ---- what is known of it ----

    /** By its handle, which those who wait for its end ask too: {@link Process} itself hears of the end a moment later. */
    public boolean alive() {
        return process != null && process.toHandle().isAlive();
    }

    private ProcessHandle handle() {
        return Objects.requireNonNull(process, "never started").toHandle();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("agent.log");
    }

    private Path tokenFile() {
        return folder.resolve("token");
    }

    /** All that it has said, over all its lives. */
    public String said() {
        return Files.exists(log()) ? new String(read(log()), StandardCharsets.UTF_8) : "";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
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
            Signals.send("CONT", running.pid());
            running.destroy();
            if (!Signals.endsWithin(running.toHandle(), STOP_PATIENCE)) {
                running.destroyForcibly();
            }
        }
    }
}
