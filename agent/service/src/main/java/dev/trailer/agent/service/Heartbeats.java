package dev.trailer.agent.service;

import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.protocol.Pace;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.service.host.Gpus;
import dev.trailer.agent.service.host.UsageWatch;
import dev.trailer.agent.service.host.VolumeWatch;
import dev.trailer.agent.service.server.Lease;
import dev.trailer.agent.service.server.Retry;
import dev.trailer.agent.service.server.ServerClient;
import dev.trailer.agent.service.server.ServerException;
import dev.trailer.agent.service.server.Session;
import dev.trailer.agent.service.server.Sessions;
import dev.trailer.agent.service.server.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports at the server's pace, and at once when something changed; an answered heartbeat renews the lease. */
final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    /** Changes within this are one heartbeat. */
    private static final Duration COALESCE = Duration.ofMillis(50);
    /** More than one failure each back-off between two heartbeats of a server that is away for a while. */
    private static final int MAX_OWED = 16;
    /** Of the pace: the agents of one server must not beat as one. */
    private static final int JITTER_PERCENT = 10;

    private final Sessions sessions;
    private final ServerClient client;
    private final Lease lease;
    private final Supplier<@Nullable HostMetrics> metrics;
    private final UsageWatch usages;
    private final VolumeWatch volumes;
    private final Gpus gpus;
    private final Runnable leaseRegained;
    private final Signal changed = new Signal();
    private final Trouble trouble = new Trouble(System::nanoTime);
    private @Nullable Reports reports;
    private boolean sent;
    /** Told before {@link #reports}: what went wrong and was put right before a heartbeat could say so. */
    private final Deque<Reports> owed = new ArrayDeque<>();

    Heartbeats(
            Sessions sessions,
            ServerClient client,
            Lease lease,
            Supplier<@Nullable HostMetrics> metrics,
            UsageWatch usages,
            VolumeWatch volumes,
            Gpus gpus,
            Runnable leaseRegained) {
        this.sessions = sessions;
        this.client = client;
        this.lease = lease;
        this.metrics = metrics;
        this.usages = usages;
        this.volumes = volumes;
        this.gpus = gpus;
        this.leaseRegained = leaseRegained;
    }

    synchronized void publish(Reports fresh) {
        var last = reports;
        if (fresh.equals(last)) {
            return;
        }
        if (last != null && !sent && last.tellMoreThan(fresh)) {
            if (owed.size() == MAX_OWED) {
                owed.remove();
            }
            owed.add(last);
        }
        reports = fresh;
        sent = false;
        changed.raise();
    }

    /** What to tell next; null before the engine was looked at. */
    private synchronized @Nullable Reports next() {
        return owed.isEmpty() ? reports : owed.element();
    }

    /** It has arrived. */
    private synchronized void told(Reports told) {
        if (told.equals(owed.peek())) {
            owed.remove();
            changed.raise();
        } else if (told.equals(reports)) {
            sent = true;
        }
    }

    /** Until interrupted or fenced. */
    void run() throws InterruptedException {
        // Until the engine was looked at once, "engine down" would be told of every start.
        while (next() == null) {
            changed.await(Duration.ofSeconds(1));
        }
        var retry = new Retry();
        while (true) {
            Session session = sessions.current();
            try {
                Pace pace = beat(session);
                retry.reset();
                trouble.ended().ifPresent(time -> LOG.info("the server answers again, after {} s", time.toSeconds()));
                Signal.rest(COALESCE);
                changed.await(jittered(pace).minus(COALESCE));
            } catch (ServerException e) {
                // Of a session that is not good any more the sessions tell.
                boolean ofTheSession = e.isFenced() || e.isUnauthenticated();
                if (!ofTheSession && trouble.isNews(String.valueOf(e.getMessage()))) {
                    LOG.warn("{}; what runs here runs on, trying again", e.getMessage());
                }
                sessions.refused(session, e);
                retry.pause();
            }
        }
    }

    private Pace beat(Session session) throws InterruptedException {
        Reports current = Objects.requireNonNullElse(next(), Reports.NOTHING_SEEN);
        var heartbeat = new Heartbeat(
                session.epoch(),
                session.nextSequence(),
                current.engineUp(),
                current.facts(),
                metrics.get(),
                current.workspaces(),
                measured(current.volumes()),
                current.builds(),
                current.strays(),
                usages.take(),
                gpus.take(),
                current.images());
        long begun = System.nanoTime();
        Heartbeat.Answer answer = client.heartbeat(session, heartbeat);
        told(current);
        if (lease.renew(begun, answer.pace().leaseMillis())) {
            leaseRegained.run();
        }
        return answer.pace();
    }

    private List<VolumeReport> measured(List<VolumeReport> reports) {
        var sizes = volumes.take();
        return reports.stream()
                .map(report -> {
                    var size = sizes.get(report.volume());
                    return size == null ? report : report.measured(size);
                })
                .toList();
    }

    private static Duration jittered(Pace pace) {
        long millis = Math.max(COALESCE.toMillis(), pace.heartbeatMillis());
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis * JITTER_PERCENT / 100 + 1));
    }
}
