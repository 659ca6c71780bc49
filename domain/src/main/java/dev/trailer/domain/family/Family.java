package dev.trailer.domain.family;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.Subject;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostAggregate;
import dev.trailer.domain.host.HostCommand;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageAggregate;
import dev.trailer.domain.image.ImageCommand;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretAggregate;
import dev.trailer.domain.secret.SecretCommand;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeAggregate;
import dev.trailer.domain.volume.VolumeCommand;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceAggregate;
import dev.trailer.domain.workspace.WorkspaceCommand;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of aggregate and all that belongs to it. Whoever needs "every kind" asks {@link #ALL}, so that a new one is
 * added here and nowhere else.
 *
 * @param aggregate Axon's door, whose simple name Axon takes as the aggregate's type
 * @param door Axon's door opened on a state
 */
public record Family<S, E extends DomainEvent>(
        Subject.Kind kind,
        Class<S> state,
        Class<? extends DomainCommand> commands,
        Class<E> events,
        Class<?> aggregate,
        BiFunction<@Nullable S, E, S> evolve,
        Function<S, Object> door) {
    public static final Family<Workspace, WorkspaceEvent> WORKSPACE = new Family<>(
            Subject.Kind.WORKSPACE,
            Workspace.class,
            WorkspaceCommand.class,
            WorkspaceEvent.class,
            WorkspaceAggregate.class,
            Workspace::evolve,
            WorkspaceAggregate::new);
    public static final Family<Volume, VolumeEvent> VOLUME = new Family<>(
            Subject.Kind.VOLUME,
            Volume.class,
            VolumeCommand.class,
            VolumeEvent.class,
            VolumeAggregate.class,
            Volume::evolve,
            VolumeAggregate::new);
    public static final Family<Image, ImageEvent> IMAGE = new Family<>(
            Subject.Kind.IMAGE,
            Image.class,
            ImageCommand.class,
            ImageEvent.class,
            ImageAggregate.class,
            Image::evolve,
            ImageAggregate::new);
    public static final Family<Host, HostEvent> HOST = new Family<>(
            Subject.Kind.HOST,
            Host.class,
            HostCommand.class,
            HostEvent.class,
            HostAggregate.class,
            Host::evolve,
            HostAggregate::new);

    public static final Family<Secret, SecretEvent> SECRET = new Family<>(
            Subject.Kind.SECRET,
            Secret.class,
            SecretCommand.class,
            SecretEvent.class,
            SecretAggregate.class,
            Secret::evolve,
            SecretAggregate::new);

    public static final List<Family<?, ?>> ALL = List.of(WORKSPACE, VOLUME, IMAGE, HOST, SECRET);

    /** @throws IllegalArgumentException for a class that is no aggregate's door */
    public static Family<?, ?> ofAggregate(String simpleName) {
        return ALL.stream()
                .filter(family -> family.aggregate.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such aggregate: " + simpleName));
    }

    public static Family<?, ?> of(DomainCommand command) {
        return ALL.stream()
                .filter(family -> family.commands.isInstance(command))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a command of no family: " + command.getClass()));
    }

    public static Family<?, ?> ofState(Object state) {
        return ALL.stream()
                .filter(family -> family.state.isInstance(state))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a state of no family: " + state.getClass()));
    }

    /** Axon's door opened on one of this family's states. */
    public Object doorOn(Object someState) {
        return door.apply(state.cast(someState));
    }

    /** @return null if one of these is an event of another family, or there are none */
    public @Nullable S fold(Iterable<? extends DomainEvent> history) {
        S folded = null;
        for (DomainEvent event : history) {
            if (!events.isInstance(event)) {
                return null;
            }
            folded = evolve.apply(folded, events.cast(event));
        }
        return folded;
    }
}
