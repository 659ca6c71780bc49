package dev.trailer.app.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, for what it does and then ends. */
public final class Program {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What verifying an export needs, however long it is. */
    private static final String SMALL_HEAP = "-Xmx24m";

    private Program() {}

    /** @param said on both of its outputs */
    public record Ended(int status, String said) {}

    public static Ended run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(SMALL_HEAP, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.add("dev.trailer.app.Main");
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + said);
        }
        return new Ended(process.exitValue(), said);
    }
}
