package dev.trailer.command.change;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.reason.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Port: carries commands to their aggregates and their events to the ledger. Any thread; blocks until durable. */
public interface CommandSender {
    /**
     * Commands that are recorded all or none.
     *
     * @param key keep the answer under this, null for not
     * @param answer makes the answer from the states that the commands led to, in their order; before the commit
     */
    record Sending(
            Metadata metadata,
            List<DomainCommand> commands,
            List<SideWrite> sideWrites,
            @Nullable RequestKey key,
            Function<List<Object>, Answer> answer) {
        public Sending {
            commands = List.copyOf(commands);
            sideWrites = List.copyOf(sideWrites);
        }
    }

    /**
     * An Idempotency-Key.
     *
     * @param principal whose it is
     * @param requestHash of method, path and body
     */
    record RequestKey(String principal, String key, byte[] requestHash) {}

    /** @param position the last that was written; where nothing was, where the ledger stood */
    record Sent(Answer answer, long position) {}

    /**
     * Makes an attempt at a change: reads aggregates, decides, {@link #send}s. What it read through {@link Aggregates} may be
     * a little old; then the change is not recorded, or the attempt is made once more on the ledger's own. So an attempt
     * must do nothing else that cannot be done twice.
     *
     * @throws Refused for what holds in the ledger, never for what only held in a copy
     * @throws Conflict if somebody else changed something that it rests on
     */
    <T> T attempt(Supplier<T> attempt);

    /**
     * Within an {@link #attempt}, or as one of its own.
     *
     * @throws Refused by an aggregate, a claim, or because the ledger does not answer
     * @throws Conflict if somebody else changed one of the aggregates meanwhile, or used the key
     */
    Sent send(Sending sending);

    /** @param events what would be recorded, in order, by stored name */
    record Rehearsed(Answer answer, List<WouldRecord> events) {
        public Rehearsed {
            events = List.copyOf(events);
        }
    }

    record WouldRecord(String type, DomainEvent data) {}

    /**
     * Does everything but record it.
     *
     * @throws Refused for the same reasons as {@link #send}, as far as they can be known now
     */
    Rehearsed rehearse(Sending sending);

    /**
     * The answer already given to this key.
     *
     * @throws Refused with {@code idempotency_key_reused} if it was given to another request
     */
    Optional<Sent> answered(RequestKey key);
}
