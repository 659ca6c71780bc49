package dev.trailer.e2e.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * The server's program, {@code infra/app/target/trailer.jar}, laid out by its own tools, and with an archive of its classes as
 * the JVM loaded them once: it starts at a third of the cost, and campaigns start it often. Made once for each build; a
 * build meanwhile does not touch what runs.
 */
final class ServerProgram {
    /** As {@code infra/up} starts it, but compiled fast rather than well: it seldom lives for a minute. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-Xmx320m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Ddisable-axoniq-console-message=true",
            "-XX:+ExitOnOutOfMemoryError",
            // Where the archive does not fit, it starts without.
            "-Xlog:cds=off",
            "-Xlog:aot=off");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String ARCHIVE = "classes.jsa";
    private static final int LAYING_OUT_SECONDS = 60;

    private ServerProgram() {}

    /** Java, its options and the program; the program's own options come behind. */
    static List<String> command(List<String> javaOptions) {
        return command(Once.PROGRAM, "-XX:SharedArchiveFile=" + Once.PROGRAM.resolve(ARCHIVE), javaOptions);
    }

    private static List<String> command(Path program, String archive, List<String> javaOptions) {
        var command = new ArrayList<>(List.of(JAVA, archive));
        command.addAll(OPTIONS);
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", program.resolve("trailer.jar").toString()));
        return command;
    }

    /** In this JVM. */
    private static final class Once {
        static final Path PROGRAM = make();
    }

    private static Path make() {
        var programs = Places.kept("programs");
        // Another harness may be about to make the same.
        try (var file = FileChannel.open(programs.resolve("lock"), CREATE, WRITE);
                var _ = file.lock()) {
            var program = programs.resolve(Long.toHexString(checksum(Places.jar())));
            if (!Files.exists(program.resolve(ARCHIVE))) {
                Places.remove(program);
                layOut(program);
                // Where it will run: the archive knows the path.
                archive(program);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long checksum(Path jar) throws IOException {
        var checksum = new CRC32();
        checksum.update(Files.readAllBytes(jar));
        return checksum.getValue();
    }

    private static void layOut(Path program) throws IOException {
        var log = program.resolveSibling("laying-out.log");
        var process = new ProcessBuilder(
                        JAVA, "-Djarmode=tools", "-jar", "" + Places.jar(), "extract", "--destination", "" + program)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LAYING_OUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the program cannot be laid out, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One life with a database of its own, ended in order: the JVM then writes down what it has loaded. */
    private static void archive(Path program) {
        var command = command(program, "-XX:ArchiveClassesAtExit=" + program.resolve(ARCHIVE), List.of());
        try (var server = new ServerProcess(program.resolve("first-life"), null)) {
            server.startAs(command).awaitReady().stop();
        }
        Places.remove(program.resolve("first-life"));
    }
}
