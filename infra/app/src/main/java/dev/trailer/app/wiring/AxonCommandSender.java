package dev.trailer.app.wiring;

import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.Conflict;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.ledger.EventCodec;
import dev.trailer.ledger.IdempotencyRecord;
import dev.trailer.ledger.KeyTaken;
import dev.trailer.ledger.LedgerEngine;
import dev.trailer.ledger.LedgerUnit;
import dev.trailer.ledger.SequenceConflict;
import dev.trailer.ledger.SideWrite;
import dev.trailer.ledger.Tail;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
    private final Stripes stripes = new Stripes();

    AxonCommandSender(
            CommandBus bus,
            LedgerEngine engine,
            Tail tail,
            KeptAnswers keptAnswers,
            ClaimReader claims,
            EventCodec codec) {
        this.bus = bus;
        this.engine = engine;
        this.tail = tail;
        this.keptAnswers = keptAnswers;
        this.claims = claims;
        this.codec = codec;
    }

    @Override
    public Sent send(Sending sending) {
        var targets = sending.commands().stream().map(DomainCommand::target).toList();
        try (var _ = stripes.hold(targets)) {
            return sendHolding(sending);
        } catch (SequenceConflict | KeyTaken e) {
            throw new Conflict(e);
        }
    }

    private Sent sendHolding(Sending sending) {
        return inUnitOfWork(root -> {
            root.start();
            var unit = LedgerUnit.begin(root, sending.metadata(), engine);
            var answer = answer(sending);
            sending.sideWrites()
                    .forEach(write -> unit.add(new SideWrite(write.sql(), write.parameters(), write.onlyWithEvents())));
            if (sending.key() != null) {
                unit.answerOnceFor(record(sending.key(), answer));
            }
            root.commit();
            return new Sent(answer, unit.position() == 0 ? tail.head() : unit.position());
        });
    }

    @Override
    public Rehearsed rehearse(Sending sending) {
        return inUnitOfWork(root -> {
            root.start();
            var unit = LedgerUnit.rehearse(root, sending.metadata(), claims);
            var answer = answer(sending);
            root.commit();
            return new Rehearsed(
                    answer,
                    unit.events().stream()
                            .map(event -> new WouldRecord(codec.typeOf(event), event))
                            .toList());
        });
    }

    private Answer answer(Sending sending) {
        var states = new ArrayList<Object>();
        for (DomainCommand command : sending.commands()) {
            states.add(dispatch(command));
        }
        return sending.answer().apply(states);
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
            throw new Refused(new Reason.NotFound(kind(command), command.target()));
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        throw new IllegalStateException(cause);
    }

    private static String kind(DomainCommand command) {
        return switch (command) {
            case dev.trailer.domain.workspace.WorkspaceCommand _ -> "workspace";
            case dev.trailer.domain.volume.VolumeCommand _ -> "volume";
            case dev.trailer.domain.image.ImageCommand _ -> "image";
            case dev.trailer.domain.host.HostCommand _ -> "host";
            default -> "resource";
        };
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
