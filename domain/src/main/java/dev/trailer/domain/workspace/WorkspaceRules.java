package dev.trailer.domain.workspace;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
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
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRestartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may happen to a workspace. Pure; any thread. */
public final class WorkspaceRules {
    private WorkspaceRules() {}

    /**
     * @param state null if there is no such workspace
     * @throws Refused with the reason, if the command may not be carried out
     */
    public static Decision<WorkspaceEvent> decide(@Nullable Workspace state, WorkspaceCommand command) {
        if (state == null && command instanceof CreateWorkspace create) {
            return create(create);
        }
        if (state == null || state.life() == Life.GONE) {
            throw new Refused(
                    new Reason.NotFound("workspace", command.workspace().value()));
        }
        return switch (command) {
            case CreateWorkspace c -> throw new IllegalStateException("made twice: " + c.target());
            case ChangeWorkspace c -> change(active(state, c.ifGeneration()), c);
            case StartWorkspace c -> start(active(state, c.ifGeneration()), c);
            case StopWorkspace c -> stop(active(state, c.ifGeneration()), c.cause());
            case RestartWorkspace c -> restart(active(state, c.ifGeneration()), c);
            case DeleteWorkspace c -> delete(state, c);
            case RecordObservation c -> observe(state, c.observation());
            case RecordRemoval _ -> removed(state);
        };
    }

    private static Decision<WorkspaceEvent> create(CreateWorkspace c) {
        var promised = c.desired() == Desired.RUNNING ? c.spec().resources() : Resources.NONE;
        return Decision.<WorkspaceEvent>of(new WorkspaceCreated(
                        c.workspace(), c.owner(), c.spec(), c.image(), c.host(), c.desired(), 1, 1))
                .claiming(
                        new Claim.NameTaken(
                                NameSpace.workspacesOf(c.owner()),
                                c.spec().name().value(),
                                c.workspace().value()),
                        new Claim.Placed(
                                c.host().id().value(),
                                c.host().name().value(),
                                c.workspace().value(),
                                promised));
    }

    private static Decision<WorkspaceEvent> change(Workspace was, ChangeWorkspace c) {
        var events = new ArrayList<WorkspaceEvent>();
        var claims = new ArrayList<Claim>();
        long generation = was.generation();
        long container = was.container();
        if (!was.spec().equals(c.spec()) || !was.image().equals(c.image())) {
            generation++;
            if (was.spec().needsNewContainerFor(c.spec()) || !was.image().equals(c.image())) {
                container = generation;
            }
            events.add(new WorkspaceChanged(was.id(), c.spec(), c.image(), generation, container));
            if (!was.spec().name().equals(c.spec().name())) {
                var space = NameSpace.workspacesOf(was.owner());
                claims.add(new Claim.NameFreed(
                        space, was.spec().name().value(), was.id().value()));
                claims.add(new Claim.NameTaken(
                        space, c.spec().name().value(), was.id().value()));
            }
        }
        if (was.desired() != c.desired()) {
            generation++;
            events.add(
                    switch (c.desired()) {
                        case RUNNING -> new WorkspaceStartRequested(was.id(), c.image(), generation, container);
                        case STOPPED -> new WorkspaceStopRequested(was.id(), StopCause.REQUEST, generation);
                    });
        }
        var before = was.desired() == Desired.RUNNING ? was.spec().resources() : Resources.NONE;
        var after = c.desired() == Desired.RUNNING ? c.spec().resources() : Resources.NONE;
        if (!before.equals(after)) {
            claims.add(placed(was, after));
        }
        return new Decision<>(events, claims);
    }

    private static Decision<WorkspaceEvent> start(Workspace was, StartWorkspace c) {
        if (was.desired() == Desired.RUNNING) {
            return Decision.nothing();
        }
        long generation = was.generation() + 1;
        long container = was.image().equals(c.image()) ? was.container() : generation;
        return Decision.<WorkspaceEvent>of(new WorkspaceStartRequested(was.id(), c.image(), generation, container))
                .claiming(placed(was, was.spec().resources()));
    }

    private static Decision<WorkspaceEvent> stop(Workspace was, StopCause cause) {
        if (was.desired() == Desired.STOPPED) {
            return Decision.nothing();
        }
        return Decision.<WorkspaceEvent>of(new WorkspaceStopRequested(was.id(), cause, was.generation() + 1))
                .claiming(placed(was, Resources.NONE));
    }

    private static Decision<WorkspaceEvent> restart(Workspace was, RestartWorkspace c) {
        long generation = was.generation() + 1;
        var decision =
                Decision.<WorkspaceEvent>of(new WorkspaceRestartRequested(was.id(), c.image(), generation, generation));
        // What runs keeps what it was promised, even on a host that has shrunk under it.
        return was.desired() == Desired.RUNNING
                ? decision
                : decision.claiming(placed(was, was.spec().resources()));
    }

    private static Decision<WorkspaceEvent> delete(Workspace was, DeleteWorkspace c) {
        if (was.life() == Life.DELETING) {
            return Decision.nothing();
        }
        requireGeneration(was, c.ifGeneration());
        return Decision.<WorkspaceEvent>of(new WorkspaceDeleted(was.id(), was.generation() + 1))
                .claiming(
                        new Claim.NameFreed(
                                NameSpace.workspacesOf(was.owner()),
                                was.spec().name().value(),
                                was.id().value()),
                        // Still placed, so that its host cannot be removed under it; it just needs nothing any more.
                        placed(was, Resources.NONE));
    }

    private static Decision<WorkspaceEvent> observe(Workspace was, Observation seen) {
        // A report on an intent that we have already seen overtaken tells nothing new, and one from the future is
        // wrong.
        if (was.observed().equals(seen)
                || seen.generation() < was.observed().generation()
                || seen.generation() > was.generation()) {
            return Decision.nothing();
        }
        return Decision.of(new WorkspaceObserved(was.id(), seen));
    }

    private static Decision<WorkspaceEvent> removed(Workspace was) {
        if (was.life() != Life.DELETING) {
            return Decision.nothing();
        }
        return Decision.<WorkspaceEvent>of(new WorkspaceRemoved(was.id()))
                .claiming(new Claim.Displaced(was.id().value()));
    }

    private static Workspace active(Workspace state, @Nullable Long ifGeneration) {
        if (state.life() != Life.ACTIVE) {
            throw new Refused(new Reason.BeingDeleted("workspace"));
        }
        requireGeneration(state, ifGeneration);
        return state;
    }

    private static void requireGeneration(Workspace state, @Nullable Long ifGeneration) {
        if (ifGeneration != null && !Objects.equals(ifGeneration, state.generation())) {
            throw new Refused(new Reason.Stale(ifGeneration, state.generation()));
        }
    }

    private static Claim placed(Workspace workspace, Resources promised) {
        return new Claim.Placed(
                workspace.host().id().value(),
                workspace.host().name().value(),
                workspace.id().value(),
                promised);
    }
}
