package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Docker Engine of the test's own, which may be stopped, paused and filled up: its own store, socket and processes, no rules
 * in the machine's firewall. Needs root. Its words are in {@code dockerd.log}. One thread.
 */
public final class OwnDocker implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    /** It stops its containers first. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final Path log;
    /** In /tmp: the paths of its sockets must be short. */
    private final Path folder;

    private final Path root;
    /** What builds run their commands on; that of the machine's own engine is not ours to use. */
    private final String bridge =
            "trailer" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 24));

    private final EngineApi api;
    private final Thread atExit = new Thread(this::end, "end-dockerd");
    private @Nullable Process process;

    /**
     * @param name of the folder where its log goes
     * @param diskBytes the size of a file system of its own for its store; null for a folder of this machine's
     */
    public OwnDocker(String name, @Nullable Long diskBytes) {
        try {
            log = Places.fresh(name).resolve("dockerd.log");
            folder = Files.createTempDirectory(Path.of("/tmp"), "trailer-dockerd-");
            root = Files.createDirectory(folder.resolve("root"));
            api = new EngineApi(folder.resolve("docker.sock"));
            Runtime.getRuntime().addShutdownHook(atExit);
            makeBridge();
            if (diskBytes != null) {
                makeDisk(folder.resolve("disk"), diskBytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this account may start one. */
    public static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && isThere("/usr/sbin/dockerd", "/usr/bin/dockerd")
                && isThere("/usr/sbin/ip", "/sbin/ip", "/bin/ip");
    }

    private static boolean isThere(String... programs) {
        return List.of(programs).stream().anyMatch(path -> Files.isExecutable(Path.of(path)));
    }

    private void makeBridge() {
        run("ip", "link", "add", "name", bridge, "type", "bridge");
        run("ip", "address", "add", "10.212." + ThreadLocalRandom.current().nextInt(256) + ".1/24", "dev", bridge);
        run("ip", "link", "set", bridge, "up");
    }

    private void makeDisk(Path image, long bytes) throws IOException {
        run("truncate", "-s", Long.toString(bytes), image.toString());
        run("mkfs.ext4", "-q", "-m", "0", image.toString());
        try {
            run("mount", "-o", "loop", image.toString(), root.toString());
        } catch (AssertionError e) {
            // No loop devices here: memory has a size too.
            run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", root.toString());
        }
    }

    public EngineApi api() {
        return api;
    }

    /** Where its data is. */
    public Path root() {
        return root;
    }

    /** Returns once it answers. */
    public OwnDocker start() {
        try {
            process = new ProcessBuilder(
                            "dockerd",
                            "--data-root=" + root,
                            "--exec-root=" + folder.resolve("exec"),
                            "--pidfile=" + folder.resolve("pid"),
                            "--host=" + api.host(),
                            "--bridge=" + bridge,
                            "--iptables=false",
                            "--ip-forward=false",
                            "--log-level=warn")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("a Docker Engine of our own answers, see " + log, START_PATIENCE, api::answers);
        return this;
    }

    /** SIGTERM: it ends its containers, then itself. */
    public void stop() {
        var running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!Signals.endsWithin(running.toHandle(), STOP_PATIENCE)) {
                throw new AssertionError("dockerd does not stop within " + STOP_PATIENCE + ", see " + log);
            }
        }
    }

    /** SIGSTOP: it takes connections and answers nothing. */
    public void pause() {
        Signals.send("STOP", pid());
    }

    public void resume() {
        Signals.send("CONT", pid());
    }

    private long pid() {
        return Optional.ofNullable(process).orElseThrow().pid();
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
        endContainerd();
        try {
            run("ip", "link", "delete", bridge);
            // Whatever is mounted below, the deepest first; then all that it has written.
            run(
                    "sh",
                    "-c",
                    "awk '{print $2}' /proc/mounts | grep '^" + folder + "/' | sort -r | xargs -r -n1 umount -l");
            Places.remove(folder);
        } catch (AssertionError e) {
            System.err.println("left behind: " + folder + ": " + e.getMessage());
        }
    }

    /** Its child outlives a dockerd that was killed. */
    private void endContainerd() {
        var file = folder.resolve("exec/containerd/containerd.pid");
        try {
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .filter(found -> found.info().commandLine().orElse("").contains(folder.toString()))
                        .ifPresent(Signals::kill);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
