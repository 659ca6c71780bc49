package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.gateway.GatewayWrite;
import dev.trailer.api.Ids;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.CommandSender.Sending;
import dev.trailer.command.change.Conflict;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Clock;
import java.util.List;

/** Commands from agents' reports, tried again where somebody else was first. Any thread. */
final class RetryingCommands implements Commands {
    /** A person's change and a report may meet a few times; beyond that the agent reports again anyway. */
    private static final int MAX_ATTEMPTS = 8;

    private final CommandSender sender;
    private final Clock clock;

    RetryingCommands(CommandSender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void send(Actor actor, DomainCommand command, List<GatewayWrite> sideWrites) {
        var commandId = Ids.next(clock);
        var sending = new Sending(
                new Metadata(actor, commandId, commandId, null, null),
                List.of(command),
                sideWrites.stream().map(GatewayPorts::sideWrite).toList(),
                null,
                _ -> Answer.NOTHING);
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                sender.send(sending);
                return;
            } catch (Conflict e) {
                // decides again on what is there now
            }
        }
        throw new Refused(new Reason.Contended());
    }
}
