package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are in the checkout, and where what a campaign leaves behind goes: {@code infra/e2e/target/faults}. */
public final class Places {
    private static final Path ROOT = root();

    private Places() {}

    /** The server's program, built by {@code infra/app}. */
    public static Path jar() {
        return built("infra/app/target/trailer.jar");
    }

    /** An agent's program, built by {@code agent/main}. */
    static Path agentJar() {
        return built("agent/main/target/trailer-agent.jar");
    }

    /** What {@code infra/up} tells an agent's JVM. */
    static Path agentOptions() {
        return ROOT.resolve("infra/deploy/agent.options");
    }

    private static Path built(String path) {
        var jar = ROOT.resolve(path);
        if (!Files.exists(jar)) {
            throw new IllegalStateException("no " + jar + ": build its module first");
        }
        return jar;
    }

    /** A new, empty folder of that name; what an earlier run left there is gone. */
    public static Path fresh(String name) {
        var folder = kept(name);
        remove(folder);
        return kept(name);
    }

    /** A folder of that name, with what is in it. */
    public static Path kept(String name) {
        try {
            return Files.createDirectories(
                    ROOT.resolve("infra/e2e/target/faults").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With everything below; nothing happens where nothing is. */
    public static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve("infra/up"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no infra/up here or above");
        }
        return folder;
    }
}
