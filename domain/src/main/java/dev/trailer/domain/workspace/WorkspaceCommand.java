package dev.trailer.domain.workspace;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a workspace. {@code ifGeneration}: refuse with {@code stale} unless this is its generation. */
public sealed interface WorkspaceCommand extends DomainCommand {
    WorkspaceId workspace();

    @Override
    default String target() {
        return workspace().value();
    }

    record CreateWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            AccountId owner,
            WorkspaceSpec spec,
            ImageRef image,
            HostRef host,
            Desired desired)
            implements WorkspaceCommand {}

    /** @param image the image to run from now on; the same version again keeps what runs */
    record ChangeWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            WorkspaceSpec spec,
            ImageRef image,
            Desired desired,
            @Nullable Long ifGeneration)
            implements WorkspaceCommand {}

    /** @param image the version to start; another than before makes a new container */
    record StartWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            ImageRef image,
            @Nullable Long ifGeneration) implements WorkspaceCommand {}

    record StopWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            StopCause cause,
            @Nullable Long ifGeneration) implements WorkspaceCommand {}

    /** Always makes a new container. */
    record RestartWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            ImageRef image,
            @Nullable Long ifGeneration) implements WorkspaceCommand {}

    record DeleteWorkspace(
            @TargetAggregateIdentifier WorkspaceId workspace,
            @Nullable Long ifGeneration) implements WorkspaceCommand {}

    record RecordObservation(@TargetAggregateIdentifier WorkspaceId workspace, Observation observation)
            implements WorkspaceCommand {}

    /** The host has removed everything of a deleted workspace but its volumes. */
    record RecordRemoval(@TargetAggregateIdentifier WorkspaceId workspace) implements WorkspaceCommand {}
}
