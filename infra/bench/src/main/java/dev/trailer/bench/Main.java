package dev.trailer.bench;

import dev.trailer.bench.agents.ChangeToAgent;
import dev.trailer.bench.command.Creates;
import dev.trailer.bench.command.Observations;
import dev.trailer.bench.command.ProjectorLag;
import dev.trailer.bench.command.RestCreates;
import dev.trailer.bench.host.CreateTwenty;
import dev.trailer.bench.host.CrowdedHost;
import dev.trailer.bench.host.IdleAgent;
import dev.trailer.bench.process.Footprint;
import dev.trailer.bench.replay.Replays;
import dev.trailer.bench.server.Machine;
import dev.trailer.bench.server.Surroundings;
import dev.trailer.bench.stream.Streams;
import dev.trailer.bench.workspace.CreateToRunning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs what is asked for, and prints the table. Started by {@code infra/bench/run}, which has checked the names. */
public final class Main {
    /** In the order in which they run. */
    static final List<Benchmark> ALL = List.of(
            new Observations(),
            new ProjectorLag(),
            new Creates(),
            new RestCreates(),
            new Replays(),
            new ChangeToAgent(),
            new Streams(),
            new CreateToRunning(),
            new CreateTwenty(),
            new IdleAgent(),
            new CrowdedHost(),
            new Footprint());

    private Main() {}

    /** @param arguments {@code [--quick] [--json FILE]} and the names of figures */
    public static void main(String[] arguments) throws Exception {
        boolean quick = false;
        Path json = null;
        var wanted = new LinkedHashSet<String>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--json" -> json = Path.of(arguments[++i]);
                default -> wanted.add(arguments[i]);
            }
        }
        int status = measure(wanted, quick, json) ? 0 : 1;
        System.exit(status);
    }

    /** @return false if a benchmark could not be carried out; those before and after it are told all the same */
    private static boolean measure(Set<String> wanted, boolean quick, @Nullable Path json) throws Exception {
        var run = new Run(wanted, quick, Surroundings.fromProperties());
        boolean whole = true;
        for (Benchmark benchmark : ALL) {
            if (benchmark.figures().stream().anyMatch(run::wants)) {
                try {
                    benchmark.run(run);
                } catch (Exception e) {
                    whole = false;
                    System.err.println("trailer: " + benchmark.figures() + " could not be measured");
                    e.printStackTrace();
                }
            }
        }
        System.out.print(Table.text(run.reported()));
        if (json != null) {
            Files.writeString(json, Table.json(Machine.facts(run), run.reported()));
        }
        return whole;
    }
}
