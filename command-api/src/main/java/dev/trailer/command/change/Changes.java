package dev.trailer.command.change;

import dev.trailer.api.Ids;
import dev.trailer.api.JsonBody;
import dev.trailer.command.change.Consequences.Consequence;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** Makes changes: builds the commands on what is there now, sends them, and does so again if somebody else was first. */
public final class Changes {
    /** Against many at once on the same thing, each loser needs another go; more means that it is hopelessly contended. */
    private static final int MAX_ATTEMPTS = 12;

    private static final String RECORD_SOURCE = "insert into command_source (command_id, address, user_agent)"
            + " select * from unnest(?::text[], ?::text[], ?::text[])";

    private final CommandSender sender;
    private final Clock clock;

    public Changes(CommandSender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * What a request comes to, on what is there now.
     *
     * @param hostIsOurChoice another host may be chosen if this one turns out to be full
     * @param consequences what policies will make of it; asked for by a dry run alone
     */
    public record Plan(
            List<DomainCommand> commands,
            List<SideWrite> sideWrites,
            boolean hostIsOurChoice,
            Function<List<Object>, Answer> answer,
            Supplier<Consequences> consequences) {
        public Plan {
            commands = List.copyOf(commands);
            sideWrites = List.copyOf(sideWrites);
        }

        public Plan(
                List<DomainCommand> commands,
                List<SideWrite> sideWrites,
                boolean hostIsOurChoice,
                Function<List<Object>, Answer> answer) {
            this(commands, sideWrites, hostIsOurChoice, answer, () -> Consequences.NONE);
        }

        /** One command whose resulting state makes the answer. */
        public static <S> Plan of(DomainCommand command, Class<S> state, Function<S, Answer> answer) {
            return of(List.of(command), state, answer);
        }

        /** Several; the first one's resulting state makes the answer. */
        public static <S> Plan of(List<DomainCommand> commands, Class<S> state, Function<S, Answer> answer) {
            return new Plan(commands, List.of(), false, states -> answer.apply(state.cast(states.getFirst())));
        }
    }

    /** @param planner called again after each conflict, so that it decides on what is there then */
    public ResponseEntity<byte[]> change(ChangeRequest request, Supplier<Plan> planner) {
        if (request.dryRun()) {
            return rehearse(request, planner.get());
        }
        for (int attempt = 1; ; attempt++) {
            if (request.key() != null) {
                var kept = sender.answered(request.key());
                if (kept.isPresent()) {
                    return respond(kept.get());
                }
            }
            var latest = new AtomicReference<Plan>();
            try {
                return respond(sender.attempt(() -> {
                    latest.set(null);
                    var plan = planner.get();
                    latest.set(plan);
                    return sender.send(sending(request, plan));
                }));
            } catch (Conflict e) {
                pauseOrGiveUp(attempt);
            } catch (Refused e) {
                var plan = latest.get();
                if (plan == null || !worthAnotherGo(e.reason(), request, plan)) {
                    throw e;
                }
                pauseOrGiveUp(attempt);
            }
        }
    }

    /**
     * What would happen.
     *
     * @param resource as the change would have left it
     * @param consequences what would follow by itself, as far as it is told here
     * @param moreConsequences how many there are besides
     */
    @Schema(name = "DryRun")
    public record DryRun(
            boolean dryRun,
            List<CommandSender.WouldRecord> events,
            JsonNode resource,
            List<Consequence> consequences,
            int moreConsequences) {}

    private ResponseEntity<byte[]> rehearse(ChangeRequest request, Plan plan) {
        var rehearsed = sender.rehearse(sending(request, plan));
        var resource = JsonBody.read(rehearsed.answer().body(), JsonNode.class);
        var following = plan.consequences().get();
        var told = new DryRun(true, rehearsed.events(), resource, following.told(), following.more());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonBody.write(told));
    }

    /** A generation that we, not the client, insisted on was overtaken; or the room that we chose was just taken. */
    private static boolean worthAnotherGo(Reason reason, ChangeRequest request, Plan plan) {
        return (reason instanceof Reason.Stale && request.ifMatch() == null)
                || (reason instanceof Reason.NoCapacity && plan.hostIsOurChoice());
    }

    private CommandSender.Sending sending(ChangeRequest request, Plan plan) {
        var commandId = Ids.next(clock);
        var metadata = new Metadata(
                Actor.account(request.principal().account()), commandId, commandId, null, request.traceId());
        var sideWrites = new ArrayList<>(plan.sideWrites());
        sideWrites.add(
                new SideWrite(RECORD_SOURCE, List.of(commandId, request.address(), request.userAgent()), true, true));
        return new CommandSender.Sending(metadata, plan.commands(), sideWrites, request.key(), plan.answer());
    }

    private static ResponseEntity<byte[]> respond(CommandSender.Sent sent) {
        var response = ResponseEntity.status(sent.answer().status());
        sent.answer().headers().forEach(response::header);
        response.header("Trailer-Position", Long.toString(sent.position()));
        return response.body(sent.answer().body());
    }

    private static void pauseOrGiveUp(int attempt) {
        if (attempt >= MAX_ATTEMPTS) {
            throw new Refused(new Reason.Contended());
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 4L << Math.min(attempt, 6)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Reason.Contended());
        }
    }
}
