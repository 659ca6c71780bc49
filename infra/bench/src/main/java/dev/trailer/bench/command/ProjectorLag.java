package dev.trailer.bench.command;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.server.Database;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.query.port.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * From a command's acknowledgement until everything that follows the ledger has passed its position, at half the rate that
 * eight callers reach.
 */
public final class ProjectorLag implements Benchmark {
    private static final String NAME = "projector-lag";
    private static final int CALLERS = 8;
    private static final double BAR_MILLIS = 100;
    private static final double SHARE = 0.99;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var gateway = Gateway.open(run.surroundings())) {
            var workspaces = Observations.warm(run, gateway);
            var known = run.reported("observation-" + CALLERS).map(Figure::ours);
            double full = known.isPresent() ? known.get() : Observations.perSecond(run, gateway, workspaces, CALLERS);
            run.say("projector-lag: at " + Math.round(full / 2) + " commands/s");
            var window = Duration.ofSeconds(run.quick() ? 10 : 60);
            run.report(new Figure(
                    NAME,
                    lags(gateway, workspaces, full / 2, window).percentile(SHARE),
                    null,
                    new Bar.AtMost(BAR_MILLIS),
                    "ms, p99"));
        }
    }

    /** In milliseconds, one of each command. */
    private static Sample lags(Gateway gateway, List<WorkspaceId> workspaces, double perSecond, Duration window)
            throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<Passage>();
        var progress = gateway.server().part(Progress.class);
        var watches = new ArrayList<ViewWatch>();
        for (String follower : followers(gateway.server().database())) {
            watches.add(ViewWatch.start(follower, progress));
        }
        long last = 0;
        try {
            Pace.run(Observer.several(CALLERS, gateway, workspaces), perSecond, window, observer -> {
                long position = observer.report();
                acknowledged.add(new Passage(position, System.nanoTime()));
            });
            last = acknowledged.stream().mapToLong(Passage::position).max().orElseThrow();
        } finally {
            for (ViewWatch watch : watches) {
                watch.endAt(last);
            }
        }
        return lags(acknowledged, watches);
    }

    private static Sample lags(Collection<Passage> acknowledged, List<ViewWatch> watches) {
        var lags = new ArrayList<Double>();
        for (Passage command : acknowledged) {
            long passed = watches.stream()
                    .mapToLong(watch -> watch.passed(command.position()) - command.nanos())
                    .max()
                    .orElseThrow();
            lags.add(Math.max(0, passed) / 1e6);
        }
        return Sample.of(lags);
    }

    /** Views, timers and policies. */
    private static List<String> followers(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select distinct name from follower order by name")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
