package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.reason.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of work will hand to the ledger when it commits: the events of all its commands, their claims, and what
 * must be written beside them. Lives as a resource of the root unit of work; one thread.
 */
public final class LedgerUnit {
    private static final String RESOURCE = LedgerUnit.class.getName();

    private final Metadata metadata;
    private final Basis basis;
    private final List<Entry> entries = new ArrayList<>();
    private final List<SideWrite> sideWrites = new ArrayList<>();
    private @Nullable IdempotencyRecord idempotency;
    private long position;

    private LedgerUnit(Metadata metadata, Basis basis) {
        this.metadata = metadata;
        this.basis = basis;
    }

    /** Begins one in a root unit of work. Its events are appended in that unit's commit phase, if the basis still holds. */
    public static LedgerUnit begin(UnitOfWork<?> root, Metadata metadata, Basis basis, LedgerEngine engine) {
        var unit = new LedgerUnit(metadata, basis);
        root.resources().put(RESOURCE, unit);
        root.onCommit(committing -> unit.flush(committing, engine));
        return unit;
    }

    /** Begins one that records nothing: when its root commits, its claims are judged and its events can be looked at. */
    public static LedgerUnit rehearse(UnitOfWork<?> root, Metadata metadata, ClaimReader claims) {
        var unit = new LedgerUnit(metadata, Basis.ofLedger());
        root.resources().put(RESOURCE, unit);
        root.onCommit(committing -> {
            var refusal = claims.refusalOf(DeclaredClaims.in(committing));
            if (refusal != null) {
                throw new Refused(refusal);
            }
        });
        return unit;
    }

    /** Null if there is none. */
    static @Nullable LedgerUnit of(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getResource(RESOURCE);
    }

    static LedgerUnit in(UnitOfWork<?> unitOfWork) {
        var unit = of(unitOfWork);
        if (unit == null) {
            throw new IllegalStateException("events can only be recorded within a LedgerUnit");
        }
        return unit;
    }

    public void add(SideWrite write) {
        sideWrites.add(write);
    }

    public void answerOnceFor(IdempotencyRecord record) {
        idempotency = record;
    }

    Basis basis() {
        return basis;
    }

    void stage(Entry entry) {
        entries.add(entry);
    }

    /** Every aggregate that it read or has events of. */
    public Set<String> subjects() {
        var subjects = new HashSet<>(basis.sequences().keySet());
        entries.forEach(entry -> subjects.add(entry.subject().id()));
        return subjects;
    }

    /** The events staged so far, in order. */
    public List<DomainEvent> events() {
        return entries.stream().map(Entry::event).toList();
    }

    /** The sequence that an aggregate has with what is staged, null if nothing is known of it. */
    public @Nullable Long sequenceOf(String id) {
        return entries.stream()
                .filter(entry -> entry.subject().id().equals(id))
                .map(Entry::sequence)
                .reduce((_, last) -> last)
                .orElseGet(() -> basis.sequenceOf(id));
    }

    /** After the commit: the last position written, 0 if nothing was. */
    public long position() {
        return position;
    }

    private void flush(UnitOfWork<?> root, LedgerEngine engine) {
        if (entries.isEmpty()) {
            if (basis.isUnsure()) {
                throw new NothingOnCopies();
            }
            sideWrites.removeIf(SideWrite::onlyWithEvents);
            if (sideWrites.isEmpty() && idempotency == null) {
                return;
            }
        }
        var claims = DeclaredClaims.in(root);
        basis.judged();
        position = engine.commit(new Append(
                metadata,
                engine.codec().encode(metadata),
                basis.sequences(),
                entries,
                claims,
                sideWrites,
                idempotency,
                System.nanoTime(),
                new CompletableFuture<>()));
    }
}
