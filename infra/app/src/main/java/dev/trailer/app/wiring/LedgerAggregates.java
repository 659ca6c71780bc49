package dev.trailer.app.wiring;

import dev.trailer.command.change.Aggregates;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.ledger.LedgerReader;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Aggregates folded from the ledger's own rows, by the same {@code evolve} as everywhere. Any thread. */
final class LedgerAggregates implements Aggregates {
    private final LedgerReader reader;

    LedgerAggregates(LedgerReader reader) {
        this.reader = reader;
    }

    @Override
    public Optional<Workspace> workspace(WorkspaceId id) {
        return fold(id.value(), WorkspaceEvent.class, Workspace::evolve);
    }

    @Override
    public Optional<Volume> volume(VolumeId id) {
        return fold(id.value(), VolumeEvent.class, Volume::evolve);
    }

    @Override
    public Optional<Image> image(ImageId id) {
        return fold(id.value(), ImageEvent.class, Image::evolve);
    }

    @Override
    public Optional<Host> host(HostId id) {
        return fold(id.value(), HostEvent.class, Host::evolve);
    }

    /** Empty also for the id of an aggregate of another kind. */
    private <S, E extends DomainEvent> Optional<S> fold(
            String id, Class<E> family, BiFunction<@Nullable S, E, S> evolve) {
        S state = null;
        for (var recorded : reader.of(id, 0)) {
            if (!family.isInstance(recorded.event())) {
                return Optional.empty();
            }
            state = evolve.apply(state, family.cast(recorded.event()));
        }
        return Optional.ofNullable(state);
    }
}
