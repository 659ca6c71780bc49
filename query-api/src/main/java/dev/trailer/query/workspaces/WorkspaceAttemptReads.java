package dev.trailer.query.workspaces;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.AttemptView;
import dev.trailer.api.Cursor;
import dev.trailer.api.Page;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.query.images.ImageDefinitions;
import dev.trailer.query.output.FollowsOutput;
import dev.trailer.query.output.OutputLog;
import dev.trailer.query.output.OutputSource;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.ViewTable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/workspaces/{id}/attempts}, and the log of one of them. */
@RestController
@RequestMapping(path = "/api/v1/workspaces")
@Tag(name = "workspaces")
class WorkspaceAttemptReads {
    private final ViewTable<WorkspaceRow> table;
    private final ImageDefinitions images;
    private final AttemptHistory history;
    private final OutputLog log;
    private final Freshness freshness;

    WorkspaceAttemptReads(
            ViewTable<WorkspaceRow> table,
            ImageDefinitions images,
            AttemptHistory history,
            OutputLog log,
            Freshness freshness) {
        this.table = table;
        this.images = images;
        this.history = history;
        this.log = log;
        this.freshness = freshness;
    }

    @GetMapping(path = "/{id}/attempts", produces = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listWorkspaceAttempts",
            summary = "What its host did for it, step by step, the newest first; kept 30 days",
            description =
                    "With what was done for its image, and those that this is built on, since there is the workspace.")
    @Paged
    Page<AttemptView> attempts(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "cursor", "limit");
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        freshness.settle(exchange, WorkspaceProjector.NAME);
        var found = newest(row(principal, id), after, limit + 1);
        boolean more = found.size() > limit;
        var items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? Cursor.after(items.getLast().id()) : null);
    }

    @GetMapping(
            path = "/{id}/attempts/{attempt}/log",
            produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "readAttemptLog",
            summary = "What was said meanwhile, live while it is worked on; kept 7 days")
    @FollowsOutput
    Mono<Void> log(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @PathVariable("attempt") String attempt,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return log.answer(exchange, () -> {
            Params.of(exchange).check();
            freshness.settle(exchange, WorkspaceProjector.NAME);
            var row = row(principal, id);
            var names = images.withBases(row.state().image());
            if (one(row, names, attempt).isEmpty()) {
                throw new Refused(new Reason.NotFound("attempt", attempt));
            }
            return new OutputSource() {
                @Override
                public List<AttemptView> attempts() {
                    return one(row, names, attempt).stream().toList();
                }

                @Override
                public boolean mayGrow() {
                    return false;
                }

                @Override
                public String whenEmpty() {
                    return "Nothing was said, or it is not kept any more.";
                }
            };
        });
    }

    private WorkspaceRow row(Principal principal, String id) {
        return seen(
                "workspace",
                id,
                table.find(wellFormed("workspace", id, WorkspaceId::new)),
                row -> AccessPolicy.permits(
                        principal, Operation.WORKSPACE_READ, row.state().owner()));
    }

    private Optional<AttemptView> one(WorkspaceRow row, Map<String, String> names, String attempt) {
        return history.one(
                        attempt,
                        row.state().id().value(),
                        row.state().host().id().value(),
                        names.keySet())
                .map(found -> named(found, names));
    }

    private List<AttemptView> newest(WorkspaceRow row, @Nullable String after, int limit) {
        var names = images.withBases(row.state().image());
        var workspace = row.state();
        return history
                .newest(
                        workspace.id().value(),
                        workspace.host().id().value(),
                        names.keySet(),
                        row.createdAt(),
                        after,
                        limit)
                .stream()
                .map(attempt -> named(attempt, names))
                .toList();
    }

    private static AttemptView named(AttemptView attempt, Map<String, String> names) {
        var image = names.get(attempt.subject());
        return image == null ? attempt : attempt.of(image);
    }
}
