package dev.trailer.command.automation;

import dev.trailer.api.Ids;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.CommandSender.Sending;
import dev.trailer.command.change.Conflict;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands for policies: in the system's name, and with the event that they answer as their cause. */
public final class PolicySender {
    private static final Logger log = LoggerFactory.getLogger(PolicySender.class);
    /** Somebody else may be first a few times; then the policy is told of its event again. */
    private static final int MAX_ATTEMPTS = 5;

    private final CommandSender sender;
    private final Clock clock;

    public PolicySender(CommandSender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * A refusal by the rules ends the matter and is logged; that the ledger does not answer is thrown.
     *
     * @param cause the event that is reacted to, null if time alone brought it about
     */
    public void send(String policy, @Nullable RecordedEvent cause, DomainCommand command) {
        send(policy, cause, List.of(command));
    }

    /** All of them or none. */
    public void send(String policy, @Nullable RecordedEvent cause, List<DomainCommand> commands) {
        var commandId = Ids.next(clock);
        var metadata = new Metadata(
                Actor.system(policy),
                commandId,
                cause == null ? commandId : cause.metadata().correlationId(),
                cause == null ? null : cause.eventId(),
                cause == null ? null : cause.metadata().traceId());
        for (int attempt = 1; ; attempt++) {
            try {
                sender.send(new Sending(metadata, commands, List.of(), null, _ -> Answer.NOTHING));
                return;
            } catch (Conflict e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            } catch (Refused e) {
                if (e.reason() instanceof Reason.LedgerUnavailable) {
                    throw e;
                }
                log.info("{}: {} was refused: {}", policy, names(commands), e.getMessage());
                return;
            }
        }
    }

    private static List<String> names(List<DomainCommand> commands) {
        return commands.stream()
                .map(command -> command.getClass().getSimpleName())
                .toList();
    }
}
