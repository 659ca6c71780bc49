package dev.trailer.e2e.agentfaults;

import dev.trailer.e2e.process.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Copies of whole folders, with owners and modes: a database insists on them. */
final class Copies {
    private static final int PATIENCE_SECONDS = 60;

    private Copies() {}

    /** What was at {@code to} is gone. */
    static void copy(Path from, Path to) throws IOException, InterruptedException {
        Places.remove(to);
        var copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        if (!copying.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || copying.exitValue() != 0) {
            copying.destroyForcibly();
            throw new AssertionError("cannot copy " + from + " to " + to);
        }
    }
}
