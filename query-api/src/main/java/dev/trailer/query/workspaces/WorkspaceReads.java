package dev.trailer.query.workspaces;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.Page;
import dev.trailer.api.People;
import dev.trailer.api.WorkspaceView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.OwnerFilter;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.Filter;
import dev.trailer.query.view.ViewTable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/workspaces} and one of them. */
@RestController
@RequestMapping(path = "/api/v1/workspaces", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "workspaces")
class WorkspaceReads {
    /** More than a name, a handle or an id has. */
    private static final int MAX_SEARCH = 64;

    private static final List<String> PHASES = Arrays.stream(Phase.values())
            .map(p -> p.name().toLowerCase(Locale.ROOT))
            .toList();

    private final ViewTable<WorkspaceRow> table;
    private final OwnerFilter owners;
    private final People people;
    private final AttemptNotes notes;
    private final Freshness freshness;

    WorkspaceReads(ViewTable<WorkspaceRow> table, People people, AttemptNotes notes, Freshness freshness) {
        this.table = table;
        this.owners = new OwnerFilter(table, people);
        this.people = people;
        this.notes = notes;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listWorkspaces",
            summary = "List workspaces, the newest first")
    @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "A part of the name, of the owner's handle, or of the id",
            schema = @Schema(type = "string", minLength = 1, maxLength = MAX_SEARCH))
    @Parameter(
            name = "owner",
            in = ParameterIn.QUERY,
            description = "The owner's handle or id",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "The phase",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {
                                "pending",
                                "preparing",
                                "running",
                                "stopping",
                                "stopped",
                                "failed",
                                "unknown"
                            }))
    @Parameter(
            name = "host",
            in = ParameterIn.QUERY,
            description = "The host's name",
            schema = @Schema(type = "string"))
    @Paged
    Page<WorkspaceView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "q", "owner", "state", "host", "cursor", "limit");
        var q = params.text("q", MAX_SEARCH);
        var owner = params.read("owner", OwnerFilter::form);
        var phase = params.oneOf("state", PHASES);
        var host = params.read("host", name -> new HostName(name).value());
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        freshness.settle(exchange, WorkspaceProjector.NAME);
        var slice = table.page(filter(q, owner, phase, host), after, limit, row -> visible(principal, row));
        return new Page<>(views(slice.rows()), slice.next());
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(operationId = "getWorkspace", summary = "Read one workspace")
    WorkspaceView one(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        freshness.settle(exchange, WorkspaceProjector.NAME);
        var found = table.find(wellFormed("workspace", id, WorkspaceId::new));
        var row = seen("workspace", id, found, r -> visible(principal, r));
        tag(exchange, row.state().generation());
        return views(List.of(row)).getFirst();
    }

    private Filter filter(@Nullable String q, @Nullable String owner, @Nullable String phase, @Nullable String host) {
        var filter = new Filter();
        if (q != null) {
            var part = q.toLowerCase(Locale.ROOT);
            filter.and("strpos(name, :q) > 0 or strpos(id, :q) > 0 or owner in (:q_owners)")
                    .with("q", part)
                    .with("q_owners", owners.containing(part));
        }
        if (owner != null) {
            filter.and("owner in (:owners)").with("owners", owners.named(owner));
        }
        if (phase != null) {
            filter.equal("phase", phase);
        }
        if (host != null) {
            filter.equal("host", host);
        }
        return filter;
    }

    private List<WorkspaceView> views(List<WorkspaceRow> rows) {
        var attempts = rows.stream()
                .map(row -> attempt(row.state()))
                .filter(a -> a != null)
                .toList();
        var details = attempts.isEmpty() ? Map.<String, String>of() : notes.detailsOf(attempts);
        return rows.stream()
                .map(row -> {
                    var view = WorkspaceView.of(row.state(), people, row.createdAt(), row.since());
                    var attempt = attempt(row.state());
                    var detail = attempt == null ? null : details.get(attempt);
                    return detail == null ? view : view.withDetail(detail);
                })
                .toList();
    }

    private static @Nullable String attempt(Workspace w) {
        var reason = w.observed().reason();
        if (reason instanceof Reason.StepFailed failed) {
            return failed.attempt();
        }
        return reason instanceof Reason.Unhealthy unhealthy ? unhealthy.attempt() : null;
    }

    private static boolean visible(Principal principal, WorkspaceRow row) {
        return AccessPolicy.permits(
                principal, Operation.WORKSPACE_READ, row.state().owner());
    }
}
