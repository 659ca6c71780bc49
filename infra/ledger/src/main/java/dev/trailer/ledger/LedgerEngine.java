package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.facts.Subject;
import dev.trailer.domain.family.Family;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as Axon sees it. Appending only stages: all events of a root unit of work, whatever aggregates they are of,
 * go to the committer together in its commit phase. Tracking tokens are plain positions, since there are no gaps.
 */
public final class LedgerEngine implements EventStorageEngine {
    private static final int READ_AHEAD = 512;
    private static final Duration BLOCK = Duration.ofSeconds(1);

    private final Committer committer;
    private final LedgerReader reader;
    private final Tail tail;
    private final EventCodec codec;
    private final Copies copies;

    public LedgerEngine(Committer committer, LedgerReader reader, Tail tail, EventCodec codec, Copies copies) {
        this.committer = committer;
        this.reader = reader;
        this.tail = tail;
        this.codec = codec;
        this.copies = copies;
    }

    EventCodec codec() {
        return codec;
    }

    long commit(Append append) {
        return committer.commit(append);
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        var unit = LedgerUnit.in(CurrentUnitOfWork.get());
        for (EventMessage<?> message : events) {
            if (!(message instanceof DomainEventMessage<?> domain)
                    || !(message.getPayload() instanceof DomainEvent event)) {
                throw new IllegalArgumentException("only domain events are recorded, not " + message.getPayloadType());
            }
            unit.stage(new Entry(
                    UUID.fromString(domain.getIdentifier()),
                    new Subject(Family.ofAggregate(domain.getType()).kind(), domain.getAggregateIdentifier()),
                    domain.getSequenceNumber(),
                    event,
                    codec.encode(event)));
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        var unit = LedgerUnit.of(CurrentUnitOfWork.get());
        if (unit != null && restsOnCopy(unit.basis(), aggregateIdentifier, firstSequenceNumber - 1)) {
            // The copy stands for everything before; the ledger checks at the commit that there is nothing behind it.
            return DomainEventStream.empty();
        }
        var events = reader.of(aggregateIdentifier, firstSequenceNumber);
        if (unit != null && !events.isEmpty()) {
            unit.basis().restsOn(events.getLast());
        }
        return DomainEventStream.of(events.stream().map(LedgerEngine::domainMessage));
    }

    private static boolean restsOnCopy(Basis basis, String id, long sequence) {
        var known = basis.sequenceOf(id);
        return basis.trusting() && known != null && known == sequence;
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        long from = token == null ? 0 : ((GlobalSequenceTrackingToken) token).getGlobalIndex();
        return StreamSupport.stream(new Following(from, mayBlock), false);
    }

    private static DomainEventMessage<?> domainMessage(RecordedEvent e) {
        return new GenericDomainEventMessage<>(
                e.subject().kind().storedName(),
                e.subject().id(),
                e.sequence(),
                e.event(),
                metadata(e),
                e.eventId(),
                e.recordedAt());
    }

    private static MetaData metadata(RecordedEvent e) {
        return MetaData.from(Map.of("trailer", e.metadata()));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("the ledger keeps facts only");
    }

    /** A copy of this server's, where the attempt at hand may rest on it. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        var unit = LedgerUnit.of(CurrentUnitOfWork.get());
        var copy = copies.of(aggregateIdentifier);
        if (unit == null || copy == null || !unit.basis().trusting()) {
            return Optional.empty();
        }
        var family = Family.ofState(copy.state());
        unit.basis().restsOnCopy(aggregateIdentifier, copy.sequence());
        return Optional.of(new GenericDomainEventMessage<>(
                family.aggregate().getSimpleName(), aggregateIdentifier, copy.sequence(), family.doorOn(copy.state())));
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(reader.head().position());
    }

    /** All events after a position; ends at the head unless it may block. */
    private final class Following extends Spliterators.AbstractSpliterator<TrackedEventMessage<?>> {
        private final boolean mayBlock;
        private long position;
        private List<RecordedEvent> ahead = List.of();
        private int next;

        Following(long position, boolean mayBlock) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.position = position;
            this.mayBlock = mayBlock;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TrackedEventMessage<?>> action) {
            if (next == ahead.size() && !readAhead()) {
                return false;
            }
            var event = ahead.get(next++);
            position = event.position();
            action.accept(new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(position), domainMessage(event)));
            return true;
        }

        private boolean readAhead() {
            ahead = reader.after(position, READ_AHEAD);
            next = 0;
            try {
                while (ahead.isEmpty() && mayBlock) {
                    tail.awaitBeyond(position, BLOCK);
                    ahead = reader.after(position, READ_AHEAD);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return !ahead.isEmpty();
        }
    }
}
