package dev.trailer.domain.host;

import static dev.trailer.domain.Seeds.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.Seeds;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.ClaimBook;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Host.Presence;
import dev.trailer.domain.host.HostCommand.AbandonHost;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.DrainHost;
import dev.trailer.domain.host.HostCommand.EnrolHost;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ResumeHost;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostCommand.RotateHostToken;
import dev.trailer.domain.host.HostEvent.HostAbandoned;
import dev.trailer.domain.host.HostEvent.HostCordoned;
import dev.trailer.domain.host.HostEvent.HostDrained;
import dev.trailer.domain.host.HostEvent.HostResumed;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds over any sequence of commands to several hosts, some of which carry something. */
class HostPropertiesTest {
    private static final int HOSTS = 3;
    private static final int COMMANDS = 80;

    private final Map<HostId, Host> states = new LinkedHashMap<>();
    private ClaimBook claims = new ClaimBook();

    @Test
    void generations_claims_and_presence_stay_consistent() {
        Seeds.forEach(random -> {
            states.clear();
            claims = new ClaimBook();
            for (int i = 0; i < COMMANDS; i++) {
                placeOrDisplaceSomething(random);
                var command = anyCommand(random);
                send(command);
                if (!(command instanceof RegisterHost
                        || command instanceof EnrolHost
                        || command instanceof RotateHostToken)) {
                    assertThat(send(command)).as("again %s", command).isEmpty();
                }
                states.values().forEach(this::checkClaims);
            }
        });
    }

    private List<HostEvent> send(HostCommand command) {
        var was = states.get(command.host());
        Decision<HostEvent> decision;
        try {
            decision = HostRules.decide(was, command);
            claims.grant(decision.claims());
        } catch (Refused refused) {
            checkRefusal(was, command, refused.reason());
            return List.of();
        }
        var state = was;
        for (var event : decision.events()) {
            var next = Host.evolve(state, event);
            checkStep(state, event, next);
            state = next;
        }
        if (state != null) {
            states.put(command.host(), state);
        }
        return decision.events();
    }

    private static void checkStep(@Nullable Host was, HostEvent event, Host next) {
        if (was == null) {
            assertThat(next.version()).isEqualTo(1);
            assertThat(next.generation()).isEqualTo(1);
            return;
        }
        assertThat(was.presence()).as("%s after the end", event).isNotEqualTo(Presence.REMOVED);
        assertThat(next.version()).isEqualTo(was.version() + 1);
        var intent = event instanceof HostCordoned
                || event instanceof HostDrained
                || event instanceof HostResumed
                || event instanceof HostAbandoned;
        assertThat(next.generation()).as("generation after %s", event).isEqualTo(was.generation() + (intent ? 1 : 0));
        assertThat(next.cordoned() || next.drained() == null)
                .as("who is drained is cordoned")
                .isTrue();
        if (was.presence() == Presence.ABANDONED) {
            assertThat(next.presence()).as("%s after it was given up", event).isEqualTo(Presence.REMOVED);
        }
        assertThat(next.ref()).as("the name never changes").isEqualTo(was.ref());
    }

    private void checkRefusal(@Nullable Host was, HostCommand command, Reason reason) {
        switch (reason) {
            case Reason.NotFound _ ->
                assertThat(was == null || was.presence() == Presence.REMOVED).isTrue();
            case Reason.NameInUse r ->
                assertThat(claims.holderOf(NameSpace.HOSTS, r.name()))
                        .isNotNull()
                        .isNotEqualTo(command.target());
            case Reason.HostOnline _ -> {
                assertThat(command).isInstanceOf(AbandonHost.class);
                assertThat(Objects.requireNonNull(was).presence()).isEqualTo(Presence.ONLINE);
            }
            case Reason.BeingDeleted _ ->
                assertThat(Objects.requireNonNull(was).presence()).isEqualTo(Presence.ABANDONED);
            case Reason.HostInUse r -> {
                assertThat(command).isInstanceOf(RemoveHost.class);
                assertThat(r.holders()).isPositive();
            }
            default -> throw new AssertionError("unexpected refusal " + reason + " of " + command);
        }
    }

    private void checkClaims(Host state) {
        var id = state.id().value();
        if (state.presence() == Presence.REMOVED) {
            assertThat(claims.pool(id)).as("pool of %s", state).isNull();
            assertThat(claims.isOpen(id)).isNull();
            assertThat(claims.namesOf(id)).isZero();
            return;
        }
        var offered =
                state.capability() == null ? Resources.NONE : state.capability().resources();
        assertThat(claims.pool(id)).as("pool of %s", state).isEqualTo(offered);
        assertThat(claims.holderOf(NameSpace.HOSTS, state.name().value())).isEqualTo(id);
        var takesNewcomers = state.presence() == Presence.ONLINE && !state.cordoned();
        assertThat(Objects.requireNonNullElse(claims.isOpen(id), false))
                .as("door of %s", state)
                .isEqualTo(takesNewcomers);
    }

    private void placeOrDisplaceSomething(Random random) {
        var pool = Hosts.id(random.nextInt(HOSTS)).value();
        var holder = "holder-" + random.nextInt(2);
        if (random.nextInt(4) > 0) {
            claims.grant(List.of(new Claim.Displaced(holder)));
        } else if (claims.pool(pool) != null) {
            claims.grant(List.of(new Claim.Placed(pool, pool, holder, Resources.NONE)));
        }
    }

    private HostCommand anyCommand(Random random) {
        var id = Hosts.id(random.nextInt(HOSTS));
        if (!states.containsKey(id)) {
            return random.nextInt(10) == 0
                    ? new ReturnHost(id)
                    : new RegisterHost(id, new HostName(oneOf(random, "attic", "cellar")));
        }
        return switch (random.nextInt(20)) {
            case 0 -> new RemoveHost(id);
            case 1, 2 -> new EnrolHost(id);
            case 3, 4, 5 -> new ReportCapability(id, Hosts.capability(1 + random.nextInt(3), 8));
            case 6, 7 -> new LoseHost(id, Hosts.YESTERDAY);
            case 8, 9, 10, 11 -> new ReturnHost(id);
            case 12, 13 -> new CordonHost(id);
            case 14, 15 -> new DrainHost(id);
            case 16 -> new RotateHostToken(id, random.nextBoolean());
            case 17 -> new AbandonHost(id);
            default -> new ResumeHost(id);
        };
    }
}
