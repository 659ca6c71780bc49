package dev.trailer.query.workspaces;

import dev.trailer.domain.workspace.Workspace;
import java.time.Instant;

/**
 * A workspace in its view.
 *
 * @param since when its phase began
 */
public record WorkspaceRow(Workspace state, Instant createdAt, Instant since) {}
