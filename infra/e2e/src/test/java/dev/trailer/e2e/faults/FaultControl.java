package dev.trailer.e2e.faults;

import dev.trailer.e2e.faults.agent.FaultAgent;
import dev.trailer.e2e.process.Places;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The harness's end of the agent in one process, a server's or a host's agent's, over its lives. One thread arms and waits. */
public final class FaultControl implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocket door;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private volatile @Nullable Socket agent;
    private volatile @Nullable String broken;

    public FaultControl() {
        try {
            door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-control").start(this::accept);
    }

    /** What a process is started with, to have the agent in it. */
    public String javaOption() {
        return "-javaagent:" + Jar.PATH + "=" + door.getLocalPort();
    }

    /** The same for a server that judges silent hosts seconds, not minutes, after its start or the last trouble. */
    String hastyJavaOption() {
        return javaOption() + ",hasty";
    }

    /** The n-th thread that comes to the point from now on stands still there. In the life that runs. */
    public void arm(String point, int nth) {
        if (broken != null) {
            throw new AssertionError("the fault agent is " + broken);
        }
        said.clear();
        say("arm " + point + " " + nth);
        if (!"armed".equals(next(PATIENCE))) {
            throw new AssertionError("the fault agent does not answer");
        }
    }

    /** @return whether a thread stands at the armed point */
    public boolean awaitHit(Duration patience) {
        var words = next(patience);
        return words != null && words.startsWith("at ");
    }

    public void disarm() {
        say("disarm");
    }

    /** Whoever stands at a point goes on. */
    public void release() {
        say("go");
    }

    private @Nullable String next(Duration patience) {
        try {
            return said.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void say(String words) {
        var to = Objects.requireNonNull(agent, "no process with the agent runs");
        try {
            new PrintStream(to.getOutputStream(), true, StandardCharsets.UTF_8).println(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var came = door.accept();
                agent = came;
                Thread.ofVirtual().start(() -> listen(came));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void listen(Socket from) {
        try (var words = new Scanner(from.getInputStream(), StandardCharsets.UTF_8)) {
            while (words.hasNextLine()) {
                var line = words.nextLine();
                if (line.startsWith("broken ")) {
                    broken = line;
                } else {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            // That life has ended.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            if (agent != null) {
                agent.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The agent as a jar, made of the classes beside us. */
    private static final class Jar {
        static final Path PATH = make();

        private static Path make() {
            var jar = Places.kept("agent").resolve("fault-agent.jar");
            var manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), FaultAgent.class.getName());
            try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (Path type : classes()) {
                    out.putNextEntry(new ZipEntry("dev/trailer/e2e/faults/agent/" + type.getFileName()));
                    Files.copy(type, out);
                }
                return jar;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Path> classes() throws IOException {
            var one = Objects.requireNonNull(FaultAgent.class.getResource("FaultAgent.class"));
            try (var all = Files.list(Path.of(URI.create(one.toString())).getParent())) {
                return all.filter(file -> file.toString().endsWith(".class")).toList();
            }
        }
    }
}
