package dev.trailer.agent.gateway;

import dev.trailer.agent.gateway.attempts.AttemptStore;
import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Takes what agents tell of their attempts, within bounds and about what is theirs. Any thread; blocks. */
final class AttemptIntake {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptIntake.class);
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern ID = Pattern.compile(UUID);
    private static final Pattern OF_IMAGE = Pattern.compile("image:" + UUID + "/[1-9][0-9]{0,8}");
    private static final Pattern OF_VOLUME = Pattern.compile("volume:" + UUID);

    private final SessionStore sessions;
    private final AttemptStore store;
    private final Placement placement;

    AttemptIntake(SessionStore sessions, AttemptStore store, Placement placement) {
        this.sessions = sessions;
        this.store = store;
        this.placement = placement;
    }

    /** @throws Refused with {@code epoch_superseded}, or {@code ledger_unavailable} if nothing of it could be kept */
    void receive(AgentSession session, AttemptReport report) {
        if (report.epoch() != session.epoch()) {
            throw new Refused(new Reason.EpochSuperseded(report.epoch(), session.epoch()));
        }
        var host = session.host().value();
        var attempts = report.attempts().stream()
                .limit(AttemptReport.MAX_ATTEMPTS)
                .filter(attempt -> isOf(attempt.subject(), host) && isSound(attempt))
                .map(AttemptIntake::clean)
                .toList();
        var output = report.output().stream()
                .filter(part -> part.lines().size() <= AttemptReport.MAX_LINES
                        && ID.matcher(part.attempt()).matches())
                .map(part -> new AttemptReport.Output(part.attempt(), part.first(), lines(part.lines())))
                .toList();
        if (attempts.size() < report.attempts().size()) {
            LOG.debug("Host {} tells of attempts that are not its own, or cannot be", host);
        }
        try {
            if (!store.keep(host, session.epoch(), attempts, output)) {
                sessions.requireCurrent(session);
            }
        } catch (DataAccessException e) {
            LOG.warn("Attempts could not be kept: {}", e.toString());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    /** Of images any host may tell: what it says of them is shown as its own. */
    private boolean isOf(String subject, String host) {
        if (OF_IMAGE.matcher(subject).matches()) {
            return true;
        }
        var id = OF_VOLUME.matcher(subject).matches() ? subject.substring("volume:".length()) : subject;
        return ID.matcher(id).matches() && placement.isOn(id, host);
    }

    private static boolean isSound(Attempt attempt) {
        return ID.matcher(attempt.id()).matches()
                && attempt.change() >= 1
                && !attempt.steps().isEmpty()
                && attempt.steps().size() <= Attempt.MAX_STEPS
                && attempt.steps().stream()
                        .allMatch(step -> step.afterMillis() >= 0
                                && step.tookMillis() >= 0
                                && step.tail().size() <= Attempt.Taken.MAX_TAIL_LINES);
    }

    private static Attempt clean(Attempt attempt) {
        return new Attempt(
                attempt.id(),
                attempt.subject(),
                attempt.generation(),
                attempt.agoMillis(),
                attempt.change(),
                attempt.outcome(),
                attempt.steps().stream().map(AttemptIntake::clean).toList());
    }

    private static Attempt.Taken clean(Attempt.Taken step) {
        return new Attempt.Taken(
                step.step(),
                step.afterMillis(),
                step.tookMillis(),
                step.outcome(),
                clean(step.progress()),
                step.error() == null ? null : Texts.detail(step.error()),
                lines(step.tail()));
    }

    private static Attempt.@Nullable Progress clean(Attempt.@Nullable Progress progress) {
        return progress == null
                ? null
                : new Attempt.Progress(progress.done(), progress.of(), Texts.word(progress.what()));
    }

    private static List<String> lines(List<String> raw) {
        return raw.stream()
                .map(line -> Texts.line(line, AttemptReport.MAX_LINE_LENGTH))
                .toList();
    }
}
