package dev.trailer.e2e.agentfaults;

import dev.trailer.e2e.process.EngineApi;
import dev.trailer.e2e.process.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * An image of two megabytes with a shell and no command, under names of a registry that does not answer: a pull fails at once,
 * and what the engine has will do.
 */
final class TinyImage implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String DOCKERFILE = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;

    private final EngineApi engine;
    private final String name =
            "localhost:1/trailer-tiny-" + UUID.randomUUID().toString().substring(0, 8);
    private int tags;

    TinyImage(EngineApi engine) {
        this.engine = engine;
        if (!Files.isExecutable(BUSYBOX)) {
            throw new AssertionError("no " + BUSYBOX + ": install busybox-static");
        }
        engine.build(fresh().replace("/", "%2F"), context());
    }

    /** Another name for it, never used before. */
    String another() {
        var reference = fresh();
        var tag = reference.substring(reference.lastIndexOf(':') + 1);
        engine.post("/images/" + name + ":1/tag?repo=" + name + "&tag=" + tag);
        return reference;
    }

    private String fresh() {
        return name + ":" + ++tags;
    }

    private static byte[] context() {
        var folder = Places.fresh("tiny-image-" + ProcessHandle.current().pid());
        try {
            Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
            Files.copy(BUSYBOX, folder.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
            var tar = new ProcessBuilder("tar", "-C", folder.toString(), "-c", "Dockerfile", "busybox").start();
            tar.getOutputStream().close();
            return tar.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Places.remove(folder);
        }
    }

    @Override
    public void close() {
        for (int tag = 1; tag <= tags; tag++) {
            engine.remove("/images/" + name + ":" + tag + "?force=true");
        }
    }
}
