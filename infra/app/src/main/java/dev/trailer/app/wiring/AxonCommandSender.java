package dev.trailer.app.wiring;

import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.Conflict;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.family.Family;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.ledger.Basis;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.ledger.Copies;
import dev.trailer.ledger.Copies.Copy;
import dev.trailer.ledger.EventCodec;
import dev.trailer.ledger.IdempotencyRecord;
import dev.trailer.ledger.KeyTaken;
import dev.trailer.ledger.LedgerEngine;
import dev.trailer.ledger.LedgerUnit;
import dev.trailer.ledger.NothingOnCopies;
import dev.trailer.ledger.SequenceConflict;
import dev.trailer.ledger.SideWrite;
import dev.trailer.ledger.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Carries commands through Axon's command bus, all commands of one sending in one unit of work, so that the ledger records
 * them all or none. Commands for the same aggregate wait for each other here; what other servers do is caught by the
 * ledger's sequence check. Any thread.
 */
final class AxonCommandSender implements CommandSender {
    private final CommandBus bus;
    private final LedgerEngine engine;
    private final Tail tail;
    private final KeptAnswers keptAnswers;
    private final ClaimReader claims;
    private final EventCodec codec;
    private final Copies copies;
    private final Stripes stripes = new Stripes();

    AxonCommandSender(
            CommandBus bus,
            LedgerEngine engine,
            Tail tail,
            KeptAnswers keptAnswers,
            ClaimReader claims,
            EventCodec codec,
            Copies copies) {
        this.bus = bus;
        this.engine = engine;
        this.tail = tail;
        this.keptAnswers = keptAnswers;
        this.claims = claims;
        this.codec = codec;
        this.copies = copies;
    }

    @Override
    public <T> T attempt(Supplier<T> attempt) {
        var basis = Basis.ofCopies();
        try {
            return basis.carry(attempt);
        } catch (Refused | NothingOnCopies e) {
            if (e instanceof Refused && !basis.isUnsure()) {
                throw e;
            }
            copies.drop(basis.sequences().keySet());
            return Basis.ofLedger().carry(attempt);
        }
    }

    @Override
    public Sent send(Sending sending) {
        var basis = Basis.current();
        if (basis == null) {
            return attempt(() -> send(sending));
        }
        var targets = sending.commands().stream().map(DomainCommand::target).toList();
        try (var _ = stripes.hold(targets)) {
            return send(sending, basis);
        } catch (SequenceConflict | KeyTaken e) {
            throw new Conflict(e);
        }
    }

    private Sent send(Sending sending, Basis basis) {
        return inUnitOfWork(root -> {
            root.start();
            var unit = LedgerUnit.begin(root, sending.metadata(), basis, engine);
            var states = dispatchAll(sending);
            var answer = sending.answer().apply(states);
            sending.sideWrites()
                    .forEach(write -> unit.add(new SideWrite(
                            write.sql(), write.parameters(), write.onlyWithEvents(), write.manyAtOnce())));
            if (sending.key() != null) {
                unit.answerOnceFor(record(sending.key(), answer));
            }
            commit(root, unit);
            keepCopies(sending, states, unit);
            // Where nothing was written: what was read may be another server's, which the tail has yet to hear of.
            return new Sent(answer, unit.position() == 0 ? Math.max(tail.head(), basis.reached()) : unit.position());
        });
    }

    private void commit(UnitOfWork<?> root, LedgerUnit unit) {
        try {
            root.commit();
        } catch (RuntimeException e) {
            // One of them may be old, or it is not known whether these events were recorded.
            copies.drop(unit.subjects());
            throw e;
        }
    }

    /** Still holding the stripes: nobody here has changed them since. */
    private void keepCopies(Sending sending, List<Object> states, LedgerUnit unit) {
        for (int i = 0; i < states.size(); i++) {
            var target = sending.commands().get(i).target();
            var sequence = unit.sequenceOf(target);
            if (sequence != null) {
                copies.keep(target, new Copy(states.get(i), sequence));
            }
        }
    }

    @Override
    public Rehearsed rehearse(Sending sending) {
        return inUnitOfWork(root -> {
            root.start();
            var unit = LedgerUnit.rehearse(root, sending.metadata(), claims);
            var answer = sending.answer().apply(dispatchAll(sending));
            root.commit();
            return new Rehearsed(
                    answer,
                    unit.events().stream()
                            .map(event -> new WouldRecord(codec.typeOf(event), event))
                            .toList());
        });
    }

    private List<Object> dispatchAll(Sending sending) {
        var states = new ArrayList<Object>();
        for (DomainCommand command : sending.commands()) {
            states.add(dispatch(command));
        }
        return states;
    }

    private static <T> T inUnitOfWork(Function<UnitOfWork<?>, T> work) {
        var root = new DefaultUnitOfWork<>(new GenericMessage<>("commands"));
        try {
            return work.apply(root);
        } catch (RuntimeException e) {
            if (root.isActive()) {
                root.rollback(e);
            }
            throw e;
        }
    }

    private Object dispatch(DomainCommand command) {
        var outcome = new AtomicReference<CommandResultMessage<?>>();
        // The bus is synchronous: it has answered when this returns.
        bus.dispatch(
                GenericCommandMessage.<DomainCommand>asCommandMessage(command), (sent, result) -> outcome.set(result));
        var result = Objects.requireNonNull(outcome.get());
        if (!result.isExceptional()) {
            return result.getPayload();
        }
        var cause = result.exceptionResult();
        if (cause instanceof AggregateNotFoundException) {
            throw new Refused(new Reason.NotFound(Family.of(command).kind().storedName(), command.target()));
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        throw new IllegalStateException(cause);
    }

    private static IdempotencyRecord record(RequestKey key, Answer answer) {
        return new IdempotencyRecord(
                key.principal(),
                key.key(),
                key.requestHash(),
                answer.status(),
                KeptAnswers.encode(answer.headers()),
                answer.body());
    }

    @Override
    public Optional<Sent> answered(RequestKey key) {
        return keptAnswers.find(key);
    }
}
