package dev.trailer.domain.volume;

import dev.trailer.domain.Recording;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.CopyVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.ProvideVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordCopy;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Axon's door to {@link VolumeRules}. Every handler answers the state that the command has led to. Axon finds handlers by
 * the exact class of a command, hence one line each.
 */
public final class VolumeAggregate {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable VolumeId id;

    private @Nullable Volume state;

    /** For Axon. */
    public VolumeAggregate() {}

    /** Opened on a state that was folded before. */
    public VolumeAggregate(Volume state) {
        this.id = state.id();
        this.state = state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Volume on(CreateVolume command) {
        return handle(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Volume on(ProvideVolume command) {
        return handle(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Volume on(CopyVolume command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(RecordCopy command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(BeginRestore command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(RecordRestore command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(AttachVolume command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(DetachVolume command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(DeleteVolume command) {
        return handle(command);
    }

    @CommandHandler
    public Volume on(RecordVolumeRemoval command) {
        return handle(command);
    }

    @EventSourcingHandler
    public void on(VolumeEvent event) {
        id = event.volume();
        state = Volume.evolve(state, event);
    }

    private Volume handle(VolumeCommand command) {
        return Recording.record(state, VolumeRules.decide(state, command), Volume::evolve);
    }
}
