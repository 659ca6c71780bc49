/**
 * Workspaces as read: the view and its GET endpoints. Door: {@link\n * dev.trailer.query.workspaces.WorkspacesConfiguration}; {@link dev.trailer.query.workspaces.WorkspaceProjector} for rooms\n * that join its table.
 */
@NullMarked
package dev.trailer.query.workspaces;

import org.jspecify.annotations.NullMarked;
