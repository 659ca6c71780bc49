package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers what should be true, when there is something new to tell. Blocks a virtual thread, no connection. */
final class DesiredPoll {
    /** Below what proxies commonly cut, which is a minute. */
    private static final long MAX_WAIT_MILLIS = 50_000;

    private final SessionStore sessions;
    private final DesiredSource source;

    DesiredPoll(SessionStore sessions, DesiredSource source) {
        this.sessions = sessions;
        this.source = source;
    }

    /**
     * @param after the revision that the agent has, null if none
     * @param timeline in which it got it
     * @throws Refused with {@code epoch_superseded}, also if that came about while it waited
     */
    DesiredState poll(AgentSession session, @Nullable Long after, @Nullable String timeline, long waitMillis) {
        if (waitMillis < 0 || waitMillis > MAX_WAIT_MILLIS) {
            throw ErrorList.invalid("?waitMillis", "invalid", "must be 0 to " + MAX_WAIT_MILLIS);
        }
        var host = session.host().value();
        if (after == null || !continues(host, after, timeline)) {
            return source.whole(host);
        }
        if (waitMillis > 0 && source.revision(host) == after) {
            await(host, after, Duration.ofMillis(waitMillis));
            sessions.requireCurrent(session);
            if (!continues(host, after, timeline)) {
                return source.whole(host);
            }
        }
        return source.after(host, after);
    }

    /** Whether what the agent has is a part of what there is. Not so after a restore from backup. */
    private boolean continues(String host, long after, @Nullable String timeline) {
        return source.timeline().equals(timeline) && after >= 0 && after <= source.revision(host);
    }

    private void await(String host, long after, Duration atMost) {
        try {
            source.await(host, after, atMost);
        } catch (InterruptedException e) {
            // The server is stopping; the agent asks again.
            Thread.currentThread().interrupt();
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }
}
