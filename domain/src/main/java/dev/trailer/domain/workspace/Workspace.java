package dev.trailer.domain.workspace;

import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRestartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param generation counts intent, from 1
 * @param container the generation whose container should exist
 * @param stopped why it was last told to stop, null if it never was
 */
public record Workspace(
        WorkspaceId id,
        AccountId owner,
        WorkspaceSpec spec,
        ImageRef image,
        HostRef host,
        Desired desired,
        long version,
        long generation,
        long container,
        Life life,
        @Nullable StopCause stopped,
        Observation observed) {

    /** Where a workspace is between being made and being gone. */
    public enum Life {
        ACTIVE,
        DELETING,
        GONE
    }

    /** @param state null before the first event */
    public static Workspace evolve(@Nullable Workspace state, WorkspaceEvent event) {
        if (state == null && event instanceof WorkspaceCreated e) {
            return new Workspace(
                    e.workspace(),
                    e.owner(),
                    e.spec(),
                    e.image(),
                    e.host(),
                    e.desired(),
                    1,
                    e.generation(),
                    e.container(),
                    Life.ACTIVE,
                    null,
                    new Observation(
                            Phase.PENDING,
                            0,
                            new Reason.AwaitingAgent(e.host().name().value()),
                            null));
        }
        var was = Objects.requireNonNull(state, "the first event of a workspace is its creation");
        return switch (event) {
            case WorkspaceCreated e -> throw new IllegalStateException("created twice: " + e.workspace());
            case WorkspaceChanged e ->
                was.intent(e.spec(), e.image(), was.desired, e.generation(), e.container(), was.life);
            case WorkspaceStartRequested e ->
                was.intent(was.spec, e.image(), Desired.RUNNING, e.generation(), e.container(), was.life);
            case WorkspaceStopRequested e ->
                was.intent(was.spec, was.image, Desired.STOPPED, e.generation(), was.container, was.life)
                        .stoppedBy(e.cause());
            case WorkspaceRestartRequested e ->
                was.intent(was.spec, e.image(), Desired.RUNNING, e.generation(), e.container(), was.life);
            case WorkspaceDeleted e ->
                was.intent(was.spec, was.image, Desired.STOPPED, e.generation(), was.container, Life.DELETING);
            case WorkspaceObserved e -> was.seen(e.observation(), was.life);
            case WorkspaceRemoved _ -> was.seen(was.observed, Life.GONE);
        };
    }

    /** Why it is in its phase: as its host said, or else as its own history tells; null where nothing needs a reason. */
    public Reason.@Nullable Observed why() {
        if (observed.reason() != null) {
            return observed.reason();
        }
        if (life == Life.DELETING) {
            return new Reason.BeingRemoved();
        }
        if (observed.phase() != Phase.STOPPED || desired != Desired.STOPPED) {
            return null;
        }
        if (stopped == StopCause.DRAIN) {
            return new Reason.Drained(host.name().value());
        }
        return stopped == StopCause.AUTO_STOP && spec.autoStop() != null
                ? new Reason.AutoStopped(spec.autoStop())
                : new Reason.StoppedOnRequest();
    }

    private Workspace intent(
            WorkspaceSpec spec, ImageRef image, Desired desired, long generation, long container, Life life) {
        return new Workspace(
                id, owner, spec, image, host, desired, version + 1, generation, container, life, stopped, observed);
    }

    private Workspace stoppedBy(StopCause cause) {
        return new Workspace(
                id, owner, spec, image, host, desired, version, generation, container, life, cause, observed);
    }

    private Workspace seen(Observation observed, Life life) {
        return new Workspace(
                id, owner, spec, image, host, desired, version + 1, generation, container, life, stopped, observed);
    }
}
