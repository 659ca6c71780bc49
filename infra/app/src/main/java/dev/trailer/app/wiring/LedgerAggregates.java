package dev.trailer.app.wiring;

import dev.trailer.command.change.Aggregates;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.family.Family;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.ledger.Basis;
import dev.trailer.ledger.Copies;
import dev.trailer.ledger.Copies.Copy;
import dev.trailer.ledger.LedgerReader;
import java.util.Optional;

/**
 * Aggregates folded from the ledger's own rows, by the same {@code evolve} as everywhere; within an attempt that may rest
 * on copies, those. What an attempt has read becomes part of its basis. Any thread.
 */
final class LedgerAggregates implements Aggregates {
    private final LedgerReader reader;
    private final Copies copies;

    LedgerAggregates(LedgerReader reader, Copies copies) {
        this.reader = reader;
        this.copies = copies;
    }

    @Override
    public Optional<Workspace> workspace(WorkspaceId id) {
        return find(Family.WORKSPACE, id.value());
    }

    @Override
    public Optional<Workspace> workspaceSince(WorkspaceId id, long sequence) {
        var copy = copies.of(id.value());
        return copy != null && copy.sequence() >= sequence && copy.state() instanceof Workspace workspace
                ? Optional.of(workspace)
                : workspace(id);
    }

    @Override
    public Optional<Volume> volume(VolumeId id) {
        return find(Family.VOLUME, id.value());
    }

    @Override
    public Optional<Image> image(ImageId id) {
        return find(Family.IMAGE, id.value());
    }

    @Override
    public Optional<Host> host(HostId id) {
        return find(Family.HOST, id.value());
    }

    @Override
    public Optional<Secret> secret(SecretId id) {
        return find(Family.SECRET, id.value());
    }

    /** Empty also for the id of an aggregate of another kind. */
    private <S, E extends DomainEvent> Optional<S> find(Family<S, E> family, String id) {
        var basis = Basis.current();
        if (basis != null && basis.trusting()) {
            var copy = copies.of(id);
            if (copy != null) {
                basis.restsOnCopy(id, copy.sequence());
                return family.state().isInstance(copy.state())
                        ? Optional.of(family.state().cast(copy.state()))
                        : Optional.empty();
            }
        }
        var history = reader.of(id, 0);
        var state = family.fold(history.stream().map(RecordedEvent::event).toList());
        if (state == null) {
            return Optional.empty();
        }
        var last = history.getLast();
        copies.keep(id, new Copy(state, last.sequence()));
        if (basis != null) {
            basis.restsOn(last);
        }
        return Optional.of(state);
    }
}
