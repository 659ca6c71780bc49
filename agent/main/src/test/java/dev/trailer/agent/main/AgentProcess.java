package dev.trailer.agent.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code trailer-agent.jar} as it is shipped, in a process of its own, with the options for the JVM that are shipped with it. */
final class AgentProcess implements AutoCloseable {
    private static final int END_SECONDS = 60;
    /** None listens there: no engine is needed to speak to a server. */
    private static final String NO_ENGINE = "unix:///nowhere/docker.sock";

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Path jar() {
        return Path.of(System.getProperty("trailer.agent.jar"));
    }

    static AgentProcess start(Path log, String... options) throws IOException {
        // Tests run in the module's directory.
        var shipped = Path.of("..", "..", "infra", "deploy", "agent.options");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + shipped,
                "-jar",
                jar().toString()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DOCKER_HOST", NO_ENGINE);
        return new AgentProcess(builder.start(), log);
    }

    List<String> said() throws IOException {
        return Files.readAllLines(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended by itself. */
    int status() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the agent has not ended by itself");
        }
        return process.exitValue();
    }

    /** As an init system would, and if that does not help, as the kernel would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
