package dev.trailer.domain.workspace;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageRef;

/**
 * What has happened to a workspace. Those that change what should be carry {@code generation}, which counts intent, and
 * {@code container}, the generation whose container should exist: a newer one makes the host replace it.
 */
public sealed interface WorkspaceEvent extends DomainEvent {
    WorkspaceId workspace();

    @StoredAs("workspace.created")
    record WorkspaceCreated(
            WorkspaceId workspace,
            AccountId owner,
            WorkspaceSpec spec,
            ImageRef image,
            HostRef host,
            Desired desired,
            long generation,
            long container)
            implements WorkspaceEvent {}

    @StoredAs("workspace.changed")
    record WorkspaceChanged(WorkspaceId workspace, WorkspaceSpec spec, ImageRef image, long generation, long container)
            implements WorkspaceEvent {}

    @StoredAs("workspace.start-requested")
    record WorkspaceStartRequested(WorkspaceId workspace, ImageRef image, long generation, long container)
            implements WorkspaceEvent {}

    @StoredAs("workspace.stop-requested")
    record WorkspaceStopRequested(WorkspaceId workspace, StopCause cause, long generation) implements WorkspaceEvent {}

    @StoredAs("workspace.restart-requested")
    record WorkspaceRestartRequested(WorkspaceId workspace, ImageRef image, long generation, long container)
            implements WorkspaceEvent {}

    /** Somebody deleted it; the host has still to remove its container. */
    @StoredAs("workspace.deleted")
    record WorkspaceDeleted(WorkspaceId workspace, long generation) implements WorkspaceEvent {}

    @StoredAs("workspace.observed")
    record WorkspaceObserved(WorkspaceId workspace, Observation observation) implements WorkspaceEvent {}

    /** The last event of a workspace. */
    @StoredAs("workspace.removed")
    record WorkspaceRemoved(WorkspaceId workspace) implements WorkspaceEvent {}
}
