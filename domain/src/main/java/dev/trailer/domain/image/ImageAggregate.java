package dev.trailer.domain.image;

import dev.trailer.domain.Recording;
import dev.trailer.domain.image.ImageCommand.CancelBuild;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageCommand.RecordVersionGone;
import dev.trailer.domain.image.ImageCommand.RequestBuild;
import dev.trailer.domain.image.ImageCommand.RetireImage;
import dev.trailer.domain.image.ImageCommand.ReviseImage;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Axon's door to {@link ImageRules}. Every handler answers the state that the command has led to. Axon finds handlers by
 * the exact class of a command, hence one line each.
 */
public final class ImageAggregate {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable ImageId id;

    private @Nullable Image state;

    /** For Axon. */
    public ImageAggregate() {}

    /** Opened on a state that was folded before. */
    public ImageAggregate(Image state) {
        this.id = state.id();
        this.state = state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Image on(DefineImage command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(ReviseImage command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(RequestBuild command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(CancelBuild command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(RecordBuild command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(RecordVersionGone command) {
        return handle(command);
    }

    @CommandHandler
    public Image on(RetireImage command) {
        return handle(command);
    }

    @EventSourcingHandler
    public void on(ImageEvent event) {
        id = event.image();
        state = Image.evolve(state, event);
    }

    private Image handle(ImageCommand command) {
        return Recording.record(state, ImageRules.decide(state, command), Image::evolve);
    }
}
