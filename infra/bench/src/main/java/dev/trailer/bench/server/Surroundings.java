package dev.trailer.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code infra/bench/run} has found and made.
 *
 * @param work an empty directory on the disk that the checkout is on; the script removes it
 * @param pgbench the program
 * @param server the command that {@code infra/up --mode server} would run, with {@code @MODE@}, {@code @DATA@} and {@code
 *     @PORT@} where those go
 * @param agent likewise of {@code infra/up --mode agent}, with {@code @DATA@}, {@code @SERVER@} and {@code @TOKEN@}
 * @param bench the command that starts a program of this room in a process of its own; the class's name comes last
 */
public record Surroundings(Path work, String pgbench, List<String> server, List<String> agent, List<String> bench) {
    public Surroundings {
        server = List.copyOf(server);
        agent = List.copyOf(agent);
        bench = List.copyOf(bench);
    }

    public static Surroundings fromProperties() throws IOException {
        var work = Path.of(required("trailer.bench.work"));
        return new Surroundings(
                work,
                required("trailer.bench.pgbench"),
                Files.readAllLines(work.resolve("server.command")),
                Files.readAllLines(work.resolve("agent.command")),
                Files.readAllLines(work.resolve("bench.command")));
    }

    /** A new directory for one server. */
    public Path newData(String name) throws IOException {
        return Files.createTempDirectory(work, name);
    }

    private static String required(String property) {
        var value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(property + " is not set; start this with infra/bench/run");
        }
        return value;
    }
}
