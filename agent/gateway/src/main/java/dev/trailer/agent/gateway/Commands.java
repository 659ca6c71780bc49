package dev.trailer.agent.gateway;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.Actor;
import java.util.List;

/** How what agents report becomes part of the history. Implemented by whoever has the command bus; any thread. */
public interface Commands {
    /**
     * Carries a command out and returns once it is durable. A conflict is tried again within.
     *
     * @param sideWrites written in the command's own transaction, also when the aggregate finds that nothing had to change
     * @throws dev.trailer.domain.reason.Refused by the aggregate; {@code contended} if conflicts would not end; {@code
     *     ledger_unavailable} if it is not known whether it was recorded
     */
    void send(Actor actor, DomainCommand command, List<GatewayWrite> sideWrites);
}
