package dev.trailer.agent.service;

import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.service.attempts.Journal;
import dev.trailer.agent.service.server.Retry;
import dev.trailer.agent.service.server.ServerClient;
import dev.trailer.agent.service.server.ServerException;
import dev.trailer.agent.service.server.Session;
import dev.trailer.agent.service.server.Sessions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the server what is done and what it says, soon after; beside the heartbeats, so that a build's output delays none. */
final class AttemptReports {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptReports.class);
    /** What happens within this is one report; short enough to be seen as live. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Sessions sessions;
    private final ServerClient client;
    private final Journal journal;
    private final Signal changed;

    /** @param changed raised by the journal */
    AttemptReports(Sessions sessions, ServerClient client, Journal journal, Signal changed) {
        this.sessions = sessions;
        this.client = client;
        this.journal = journal;
        this.changed = changed;
    }

    /** Until interrupted or fenced. */
    void run() throws InterruptedException {
        var retry = new Retry();
        while (true) {
            Session session = sessions.current();
            var report = journal.next(session.epoch());
            if (report.isEmpty()) {
                changed.await(IDLE);
            } else {
                tell(session, report.get(), retry);
            }
            Signal.rest(GATHER);
        }
    }

    private void tell(Session session, AttemptReport report, Retry retry) throws InterruptedException {
        try {
            client.attempts(session, report);
            journal.told(report);
            retry.reset();
        } catch (ServerException e) {
            LOG.debug("attempts not taken: {}", e.getMessage());
            sessions.refused(session, e);
            if (e.isForGood()) {
                // An older server, or something that it will never take: there is nothing to wait for.
                journal.told(report);
            }
            retry.pause();
        }
    }
}
