package dev.trailer.agent.service.server;

import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.protocol.DesiredState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the server desires. Held in memory; only its timeline and revision are kept on disk, so that a process started
 * anew refuses what is older than what was acted on before, and acts on nothing until the server has spoken.
 */
public final class DesiredKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredKeeper.class);
    private static final String FILE = "revision.json";
    /** Beyond the server's own limit nothing is gained; below a proxy's usual minute nothing is cut. */
    private static final Duration WAIT = Duration.ofSeconds(50);

    /** How far we got, in which timeline. */
    record Mark(String timeline, long revision) {}

    private final Sessions sessions;
    private final ServerClient client;
    private final Runnable changed;
    private @Nullable Mark acted;
    private @Nullable Mark held;
    /** The last revision that was refused: said once. */
    private long refused = -1;

    private volatile @Nullable Desired desired;

    /** @param changed called after each change, from the following thread */
    public DesiredKeeper(Sessions sessions, ServerClient client, Runnable changed) throws IOException {
        this.sessions = sessions;
        this.client = client;
        this.changed = changed;
        acted = sessions.files().read(FILE, Mark.class).orElse(null);
    }

    /** Null until the server has spoken. */
    public @Nullable Desired desired() {
        return desired;
    }

    /** Follows until interrupted or fenced. */
    public void follow() throws InterruptedException {
        var retry = new Retry();
        while (true) {
            Session session = sessions.current();
            Mark mark = held;
            try {
                Optional<DesiredState> answer = mark == null
                        ? client.desired(session, 0, "", Duration.ZERO)
                        : client.desired(session, mark.revision(), mark.timeline(), WAIT);
                if (answer.isEmpty() || take(answer.get())) {
                    retry.reset();
                } else {
                    retry.pause();
                }
            } catch (ServerException e) {
                LOG.debug("desired state not had: {}", e.getMessage());
                sessions.refused(session, e);
                retry.pause();
            } catch (IOException e) {
                LOG.error("the state directory cannot be written: {}", e.getMessage());
                retry.pause();
            }
        }
    }

    /** @return false if it was refused */
    boolean take(DesiredState state) throws IOException {
        Mark limit = held != null ? held : acted;
        boolean sameTimeline = limit != null && limit.timeline().equals(state.timeline());
        if (limit != null && sameTimeline && state.revision() < limit.revision()) {
            if (refused != state.revision()) {
                LOG.warn("refused desired state of revision {}: {} was acted on before", state.revision(), limit);
                refused = state.revision();
            }
            return false;
        }
        Desired before = desired;
        if (!state.whole() && (before == null || !sameTimeline)) {
            // A difference to something that we do not have: ask for the whole.
            held = null;
            return false;
        }
        Desired next =
                state.whole() || before == null ? Desired.of(state.resources()) : before.merge(state.resources());
        var mark = new Mark(state.timeline(), state.revision());
        if (!mark.equals(acted)) {
            sessions.files().write(FILE, mark);
            acted = mark;
        }
        held = mark;
        if (!next.equals(before)) {
            desired = next;
            changed.run();
        }
        return true;
    }
}
