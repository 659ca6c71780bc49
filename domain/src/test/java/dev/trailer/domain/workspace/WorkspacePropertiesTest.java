package dev.trailer.domain.workspace;

import static dev.trailer.domain.Seeds.oneOf;
import static dev.trailer.domain.workspace.Workspaces.LARGE;
import static dev.trailer.domain.workspace.Workspaces.SMALL;
import static dev.trailer.domain.workspace.Workspaces.env;
import static dev.trailer.domain.workspace.Workspaces.mount;
import static dev.trailer.domain.workspace.Workspaces.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.Seeds;
import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.ClaimBook;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.Images;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds over any sequence of commands to several workspaces of one owner that share one host. */
class WorkspacePropertiesTest {
    private static final int WORKSPACES = 3;
    private static final int COMMANDS = 80;
    private static final NameSpace NAMES = NameSpace.workspacesOf(Accounts.OWNER);
    private static final String POOL = Hosts.ID.value();
    private static final Resources TOTAL = new Resources(6000, 16L << 30, 1);

    /** The domain with a ledger of maps around it. */
    private static final class World {
        final Map<WorkspaceId, Workspace> states = new LinkedHashMap<>();
        final ClaimBook claims = new ClaimBook();

        World() {
            claims.grant(List.of(new Claim.CapacityOffered(POOL, TOTAL)));
        }

        /** @return what was recorded; empty also if it was refused */
        List<WorkspaceEvent> send(WorkspaceCommand command) {
            var was = states.get(command.workspace());
            Decision<WorkspaceEvent> decision;
            try {
                decision = WorkspaceRules.decide(was, command);
                claims.grant(decision.claims());
            } catch (Refused refused) {
                checkRefusal(was, command, refused.reason());
                return List.of();
            }
            var state = was;
            for (var event : decision.events()) {
                var next = Workspace.evolve(state, event);
                checkStep(state, event, next);
                state = next;
            }
            if (state != null) {
                states.put(command.workspace(), state);
            }
            return decision.events();
        }
    }

    @Test
    void generations_claims_and_life_stay_consistent() {
        Seeds.forEach(random -> {
            var world = new World();
            for (int i = 0; i < COMMANDS; i++) {
                world.send(anyCommand(random, world));
                checkClaims(world);
            }
        });
    }

    @Test
    void the_same_command_twice_does_nothing_the_second_time() {
        Seeds.forEach(random -> {
            var world = new World();
            for (int i = 0; i < COMMANDS; i++) {
                var command = anyCommand(random, world);
                world.send(command);
                // Creating is once for ever by the ledger's sequence check; a restart always makes a new container.
                if (!(command instanceof CreateWorkspace || command instanceof RestartWorkspace)) {
                    assertThat(world.send(command)).as("again %s", command).isEmpty();
                }
            }
        });
    }

    @Test
    void a_host_that_shrinks_never_keeps_a_workspace_from_being_restarted_stopped_or_deleted() {
        Seeds.forEach(random -> {
            var world = new World();
            for (int i = 0; i < COMMANDS; i++) {
                world.send(anyCommand(random, world));
            }
            world.claims.grant(List.of(new Claim.CapacityOffered(POOL, Resources.NONE)));
            for (var was : List.copyOf(world.states.values())) {
                if (was.life() == Life.ACTIVE) {
                    if (was.desired() == Desired.RUNNING) {
                        assertThat(world.send(new RestartWorkspace(was.id(), was.image(), null)))
                                .hasSize(1);
                        assertThat(world.send(new StopWorkspace(was.id(), StopCause.REQUEST, null)))
                                .hasSize(1);
                    }
                    assertThat(world.send(new DeleteWorkspace(was.id(), null))).hasSize(1);
                    checkClaims(world);
                }
            }
        });
    }

    private static void checkStep(@Nullable Workspace was, WorkspaceEvent event, Workspace next) {
        assertThat(next.version()).as("version after %s", event).isEqualTo(was == null ? 1 : was.version() + 1);
        assertThat(next.container()).as("container after %s", event).isBetween(1L, next.generation());
        assertThat(next.observed().generation()).isBetween(0L, next.generation());
        if (was == null) {
            assertThat(next.generation()).isEqualTo(1);
            return;
        }
        assertThat(was.life()).as("%s after the end", event).isNotEqualTo(Life.GONE);
        var report = event instanceof WorkspaceObserved || event instanceof WorkspaceRemoved;
        assertThat(next.generation()).as("generation after %s", event).isEqualTo(was.generation() + (report ? 0 : 1));
        assertThat(next.container()).isGreaterThanOrEqualTo(was.container());
        assertThat(next.observed().generation())
                .isGreaterThanOrEqualTo(was.observed().generation());
        if (was.life() == Life.DELETING) {
            assertThat(report).as("%s while being deleted", event).isTrue();
        }
        if (next.container() == was.container() && was.life() == Life.ACTIVE) {
            assertThat(next.image()).as("image under container of %s", event).isEqualTo(was.image());
            assertThat(was.spec().needsNewContainerFor(next.spec())).isFalse();
        }
        assertThat(next.owner()).isEqualTo(was.owner());
        assertThat(next.host()).as("a workspace is bound to its host").isEqualTo(was.host());
    }

    private static void checkRefusal(@Nullable Workspace was, WorkspaceCommand command, Reason reason) {
        switch (reason) {
            case Reason.NotFound _ ->
                assertThat(was == null || was.life() == Life.GONE).isTrue();
            case Reason.BeingDeleted _ -> {
                assertThat(was).isNotNull().extracting(Workspace::life).isEqualTo(Life.DELETING);
                assertThat(command).isNotInstanceOfAny(DeleteWorkspace.class, RecordObservation.class);
            }
            case Reason.Stale r -> {
                assertThat(was).isNotNull().extracting(Workspace::generation).isEqualTo(r.actual());
                assertThat(r.expected()).isNotEqualTo(r.actual());
            }
            case Reason.NameInUse _ ->
                assertThat(command).isInstanceOfAny(CreateWorkspace.class, ChangeWorkspace.class);
            case Reason.NoCapacity r -> assertThat(r.asked()).isNotEqualTo(Resources.NONE);
            default -> throw new AssertionError("unexpected refusal " + reason + " of " + command);
        }
    }

    private static void checkClaims(World world) {
        var claims = world.claims;
        for (var state : world.states.values()) {
            var id = state.id().value();
            var name = state.spec().name().value();
            assertThat(claims.namesOf(id)).as("names of %s", state).isEqualTo(state.life() == Life.ACTIVE ? 1 : 0);
            if (state.life() == Life.ACTIVE) {
                assertThat(claims.holderOf(NAMES, name)).isEqualTo(id);
            }
            var atWork = state.life() == Life.ACTIVE && state.desired() == Desired.RUNNING;
            var promised = atWork ? state.spec().resources() : Resources.NONE;
            var expected = state.life() == Life.GONE ? null : new ClaimBook.Placement(POOL, promised);
            assertThat(claims.placementOf(id)).as("placement of %s", state).isEqualTo(expected);
        }
        assertThat(claims.promisedIn(POOL).fitsIn(TOTAL)).isTrue();
    }

    private static WorkspaceCommand anyCommand(Random random, World world) {
        var id = Workspaces.id(random.nextInt(WORKSPACES));
        var was = world.states.get(id);
        if (was == null) {
            return random.nextInt(10) == 0 ? new StartWorkspace(id, Images.version(1), null) : create(random, id);
        }
        var image = Images.version(1 + random.nextInt(2));
        var expected = expectedGeneration(random, was);
        // Ends seldom, so that there is something to see before.
        return switch (random.nextInt(24)) {
            case 0 -> new DeleteWorkspace(id, expected);
            case 1 -> new RecordRemoval(id);
            case 2, 3, 4, 5, 6, 7 -> new ChangeWorkspace(id, anySpec(random), image, anyDesired(random), expected);
            case 8, 9, 10, 11 -> new StartWorkspace(id, image, expected);
            case 12, 13, 14, 15 -> new StopWorkspace(id, oneOf(random, StopCause.values()), expected);
            case 16, 17, 18 -> new RestartWorkspace(id, image, expected);
            default -> new RecordObservation(id, anyObservation(random, was));
        };
    }

    private static CreateWorkspace create(Random random, WorkspaceId id) {
        return new CreateWorkspace(
                id, Accounts.OWNER, anySpec(random), Images.version(1), Hosts.ATTIC, anyDesired(random));
    }

    private static @Nullable Long expectedGeneration(Random random, Workspace was) {
        return switch (random.nextInt(5)) {
            case 0 -> was.generation();
            case 1 -> was.generation() + (random.nextBoolean() ? 1 : -1);
            default -> null;
        };
    }

    private static Desired anyDesired(Random random) {
        return oneOf(random, Desired.values());
    }

    private static Observation anyObservation(Random random, Workspace was) {
        return new Observation(
                oneOf(random, Phase.values()),
                Math.max(0, was.generation() - 3 + random.nextInt(5)),
                random.nextBoolean() ? null : new Reason.EngineUnavailable(),
                random.nextBoolean() ? null : "c0ffee");
    }

    private static WorkspaceSpec anySpec(Random random) {
        var base = spec(oneOf(random, "api", "web", "db", "lab"), oneOf(random, SMALL, LARGE));
        var volumes = new ArrayList<VolumeMount>(base.volumes());
        if (random.nextBoolean()) {
            volumes.add(mount(2, "data", "/data"));
        }
        var entries = env(random.nextBoolean() ? base.env() : Map.of("DEBUG", "1"));
        return new WorkspaceSpec(base.name(), base.resources(), entries, volumes, base.apps(), base.autoStop());
    }
}
