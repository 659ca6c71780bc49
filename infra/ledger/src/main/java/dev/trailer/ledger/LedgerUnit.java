package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.reason.Refused;
import java.util.ArrayList;
import java.util.List;
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
    private final List<Entry> entries = new ArrayList<>();
    private final List<SideWrite> sideWrites = new ArrayList<>();
    private @Nullable IdempotencyRecord idempotency;
    private long position;

    private LedgerUnit(Metadata metadata) {
        this.metadata = metadata;
    }

    /** Begins one in a root unit of work. Its events are appended in that unit's commit phase. */
    public static LedgerUnit begin(UnitOfWork<?> root, Metadata metadata, LedgerEngine engine) {
        var unit = new LedgerUnit(metadata);
        root.resources().put(RESOURCE, unit);
        root.onCommit(committing -> unit.flush(committing, engine));
        return unit;
    }

    /** Begins one that records nothing: when its root commits, its claims are judged and its events can be looked at. */
    public static LedgerUnit rehearse(UnitOfWork<?> root, Metadata metadata, ClaimReader claims) {
        var unit = new LedgerUnit(metadata);
        root.resources().put(RESOURCE, unit);
        root.onCommit(committing -> {
            var refusal = claims.refusalOf(DeclaredClaims.in(committing));
            if (refusal != null) {
                throw new Refused(refusal);
            }
        });
        return unit;
    }

    static LedgerUnit in(UnitOfWork<?> unitOfWork) {
        LedgerUnit unit = unitOfWork.root().getResource(RESOURCE);
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

    void stage(Entry entry) {
        entries.add(entry);
    }

    /** The events staged so far, in order. */
    public List<DomainEvent> events() {
        return entries.stream().map(Entry::event).toList();
    }

    /** After the commit: the last position written, 0 if nothing was. */
    public long position() {
        return position;
    }

    private void flush(UnitOfWork<?> root, LedgerEngine engine) {
        if (entries.isEmpty()) {
            sideWrites.removeIf(SideWrite::onlyWithEvents);
            if (sideWrites.isEmpty() && idempotency == null) {
                return;
            }
        }
        var claims = DeclaredClaims.in(root);
        position = engine.commit(new Append(
                metadata,
                engine.codec().encode(metadata),
                entries,
                claims,
                sideWrites,
                idempotency,
                new CompletableFuture<>()));
    }
}
