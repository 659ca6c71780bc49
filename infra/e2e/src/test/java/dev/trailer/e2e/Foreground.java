package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program as it runs in somebody's terminal: Ctrl-C reaches all of its processes at once. */
final class Foreground implements AutoCloseable {
    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Foreground(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    static Foreground start(List<String> command) {
        // A process group of its own, as a shell gives each job; and whoever started us with SIGINT ignored, as shells
        // do in the background, must not hand that on.
        var inTerminal = new ArrayList<>(
                List.of("setsid", "env", "--default-signal=INT", "bash", "-c", "exec \"$@\" 2>&1", "-"));
        inTerminal.addAll(command);
        return new Foreground(Program.start(inTerminal));
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add("(unreadable: " + e + ")");
        }
    }

    String said() {
        return String.join("\n", said);
    }

    /** All that was said, once there is a line that begins so. */
    String awaitLine(String beginning, Duration limit) {
        Awaitility.await(beginning).atMost(limit).untilAsserted(() -> {
            assertThat(process.isAlive()).as(said()).isTrue();
            assertThat(said().lines()).anyMatch(line -> line.startsWith(beginning));
        });
        return said();
    }

    /** The status it ends with. */
    int controlC(Duration limit) {
        Program.run(Program.SHORT, List.of("kill", "-INT", "--", "-" + process.pid()))
                .succeeded();
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("it ends within " + limit + " of Ctrl-C; it said\n" + said())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
