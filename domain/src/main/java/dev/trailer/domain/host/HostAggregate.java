package dev.trailer.domain.host;

import dev.trailer.domain.Recording;
import dev.trailer.domain.host.HostCommand.AbandonHost;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.DrainHost;
import dev.trailer.domain.host.HostCommand.EnrolHost;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ResumeHost;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostCommand.RotateHostToken;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Axon's door to {@link HostRules}. Every handler answers the state that the command has led to. Axon finds handlers by
 * the exact class of a command, hence one line each.
 */
public final class HostAggregate {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable HostId id;

    private @Nullable Host state;

    /** For Axon. */
    public HostAggregate() {}

    /** Opened on a state that was folded before. */
    public HostAggregate(Host state) {
        this.id = state.id();
        this.state = state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Host on(RegisterHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(EnrolHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(ReportCapability command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(LoseHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(ReturnHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(CordonHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(DrainHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(RotateHostToken command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(AbandonHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(ResumeHost command) {
        return handle(command);
    }

    @CommandHandler
    public Host on(RemoveHost command) {
        return handle(command);
    }

    @EventSourcingHandler
    public void on(HostEvent event) {
        id = event.host();
        state = Host.evolve(state, event);
    }

    private Host handle(HostCommand command) {
        return Recording.record(state, HostRules.decide(state, command), Host::evolve);
    }
}
