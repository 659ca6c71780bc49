package dev.trailer.bench.replay;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Rates;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.limit.CopyOut;
import dev.trailer.bench.server.PostgresDoor;
import dev.trailer.bench.server.ServerDoor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Events per second into the largest view, made anew by the product's own way, against {@code COPY} of the same ledger. */
public final class Replays implements Benchmark {
    /** One row for each event. */
    private static final String LARGEST_VIEW = "facts";

    private static final String SPREAD = "replay-spread";
    private static final double BAR = 0.1;
    /**
     * The dearest size's cost of an event, by the cheapest's; both in rows copied out of that size. Each has to begin and to
     * end, which is 40 ms of the 110 that 10,000 events take, and no less a part of the copy's.
     */
    private static final double SPREAD_BAR = 1.3;
    /** Until the compiler has done with it. */
    private static final int WARM_UPS = 4;

    /** @param rounds more where one takes no time */
    private record Size(long events, int rounds) {}

    private static final Map<String, Size> SIZES = new LinkedHashMap<>();

    static {
        SIZES.put("replay-10k", new Size(10_000, 5));
        SIZES.put("replay-100k", new Size(100_000, 3));
        SIZES.put("replay-1m", new Size(1_000_000, 1));
    }

    @Override
    public List<String> figures() {
        var names = new ArrayList<>(SIZES.keySet());
        names.add(SPREAD);
        return names;
    }

    @Override
    public void run(Run run) throws Exception {
        var data = run.surroundings().newData("replay");
        Beginning.of(run.surroundings(), data);
        var costs = new ArrayList<Double>();
        var warm = false;
        for (var size : SIZES.entrySet()) {
            boolean left = run.quick() && size.getValue().events() > 100_000;
            if (!left && (run.wants(size.getKey()) || run.wants(SPREAD))) {
                run.say(size.getKey() + ": seeding");
                try (var postgres = PostgresDoor.start(data)) {
                    Seed.to(postgres.database(), size.getValue().events());
                }
                var figure = measure(run, data, size.getKey(), size.getValue(), warm);
                warm = true;
                run.report(figure);
                costs.add(1 / Objects.requireNonNull(figure.ratio()));
            }
        }
        if (run.wants(SPREAD) && costs.size() > 1) {
            var sample = Sample.of(costs);
            double spread = sample.percentile(1) * 1 / sample.percentile(1.0 / costs.size());
            run.report(new Figure(SPREAD, spread, null, new Bar.AtMost(SPREAD_BAR), "dearest / cheapest event"));
        }
    }

    private static Figure measure(Run run, Path data, String name, Size size, boolean warm) throws Exception {
        try (var server = ServerDoor.start(run.surroundings(), data)) {
            var rebuild = new Rebuild(server.database(), LARGEST_VIEW);
            var copy = new CopyOut(server.database());
            for (int i = 0; i < (warm ? 1 : WARM_UPS); i++) {
                rebuild.secondsPerEvent();
                copy.perSecond();
            }
            return Rates.compare(
                    name,
                    run.quick() ? 1 : size.rounds(),
                    () -> 1 / rebuild.secondsPerEvent(),
                    copy::perSecond,
                    new Bar.RatioAtLeast(BAR),
                    "events/s");
        }
    }
}
