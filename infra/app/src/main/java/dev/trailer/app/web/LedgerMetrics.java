package dev.trailer.app.web;

import dev.trailer.ledger.Committer;
import dev.trailer.ledger.Tail;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How the ledger fares on this server: {@code trailer.ledger.*} and {@code trailer.commit.*}. */
final class LedgerMetrics implements Committer.Watch {
    private final DistributionSummary commands;
    private final DistributionSummary events;
    private final Timer wait;
    private final Timer duration;

    private LedgerMetrics(MeterRegistry registry) {
        commands = DistributionSummary.builder("trailer.commit.commands")
                .description("Commands in one commit")
                .register(registry);
        events = DistributionSummary.builder("trailer.commit.events")
                .description("Events in one commit")
                .register(registry);
        wait = Timer.builder("trailer.commit.wait")
                .description("How long the first command of a batch waited for the committer")
                .register(registry);
        duration = Timer.builder("trailer.commit.duration")
                .description("From the beginning of a batch until it was durable")
                .register(registry);
    }

    static void bind(MeterRegistry registry, Tail tail, Committer committer) {
        registry.gauge("trailer.ledger.head", tail, Tail::head);
        registry.gauge("trailer.ledger.writable", committer, c -> c.healthy() ? 1 : 0);
        registry.gauge("trailer.commit.waiting", committer, Committer::waiting);
        committer.watchedBy(new LedgerMetrics(registry));
    }

    @Override
    public void committed(int commandsInBatch, int eventsInBatch, Duration waited, Duration took) {
        commands.record(commandsInBatch);
        events.record(eventsInBatch);
        wait.record(waited);
        duration.record(took);
    }
}
