package dev.trailer.domain.workspace;

import dev.trailer.domain.Recording;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Axon's door to {@link WorkspaceRules}. Every handler answers the state that the command has led to. Axon finds handlers by
 * the exact class of a command, hence one line each.
 */
public final class WorkspaceAggregate {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable WorkspaceId id;

    private @Nullable Workspace state;

    /** For Axon. */
    public WorkspaceAggregate() {}

    /** Opened on a state that was folded before. */
    public WorkspaceAggregate(Workspace state) {
        this.id = state.id();
        this.state = state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Workspace on(CreateWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(ChangeWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(StartWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(StopWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(RestartWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(DeleteWorkspace command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(RecordObservation command) {
        return handle(command);
    }

    @CommandHandler
    public Workspace on(RecordRemoval command) {
        return handle(command);
    }

    @EventSourcingHandler
    public void on(WorkspaceEvent event) {
        id = event.workspace();
        state = Workspace.evolve(state, event);
    }

    private Workspace handle(WorkspaceCommand command) {
        return Recording.record(state, WorkspaceRules.decide(state, command), Workspace::evolve);
    }
}
