/**
 * A person's container: what it should be (intent, moved by generation) and what its host last saw of it. Door:
 * {@link dev.trailer.domain.workspace.WorkspaceCommand}, {@link dev.trailer.domain.workspace.WorkspaceEvent}, {@link
 * dev.trailer.domain.workspace.Workspace}.
 */
@NullMarked
package dev.trailer.domain.workspace;

import org.jspecify.annotations.NullMarked;
