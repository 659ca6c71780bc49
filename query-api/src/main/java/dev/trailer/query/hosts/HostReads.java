package dev.trailer.query.hosts;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.HostView;
import dev.trailer.api.HostView.Beside;
import dev.trailer.api.HostView.PlacedView;
import dev.trailer.api.Page;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.host.HostId;
import dev.trailer.query.port.AgentPresence;
import dev.trailer.query.port.AgentPresence.Presence;
import dev.trailer.query.port.Allotments;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.Filter;
import dev.trailer.query.view.ViewTable;
import dev.trailer.query.workspaces.WorkspaceProjector;
import dev.trailer.query.workspaces.WorkspaceRow;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/hosts} and one of them. */
@RestController
@RequestMapping(path = "/api/v1/hosts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "hosts")
class HostReads {
    private static final Presence UNHEARD = new Presence(null, null, null, null);

    private final ViewTable<HostRow> table;
    private final ViewTable<WorkspaceRow> workspaces;
    private final Allotments allotments;
    private final AgentPresence agents;
    private final Freshness freshness;

    HostReads(
            ViewTable<HostRow> table,
            ViewTable<WorkspaceRow> workspaces,
            Allotments allotments,
            AgentPresence agents,
            Freshness freshness) {
        this.table = table;
        this.workspaces = workspaces;
        this.allotments = allotments;
        this.agents = agents;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(operationId = "listHosts", summary = "List hosts, the newest first")
    @Paged
    Page<HostView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "cursor", "limit");
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        freshness.settle(exchange, HostProjector.NAME, WorkspaceProjector.NAME);
        var slice = table.page(new Filter(), after, limit, _ -> visible(principal));
        return new Page<>(views(slice.rows()), slice.next());
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(operationId = "getHost", summary = "Read one host")
    HostView one(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        freshness.settle(exchange, HostProjector.NAME, WorkspaceProjector.NAME);
        var row = seen("host", id, table.find(wellFormed("host", id, HostId::new)), _ -> visible(principal));
        tag(exchange, row.state().generation());
        return views(List.of(row)).getFirst();
    }

    private List<HostView> views(List<HostRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var promised = allotments.promisedByPool();
        var ids = rows.stream().map(row -> row.state().id().value()).toList();
        var present = agents.of(ids);
        var phases = workspaces.tally(
                "host", rows.stream().map(row -> row.state().name().value()).toList(), "phase");
        return rows.stream()
                .map(row -> {
                    var host = row.state();
                    var presence = present.getOrDefault(host.id().value(), UNHEARD);
                    return HostView.of(
                            host,
                            new Beside(
                                    placed(phases.getOrDefault(host.name().value(), Map.of())),
                                    promised.get(host.id().value()),
                                    presence.agent(),
                                    presence.metrics(),
                                    presence.strays(),
                                    presence.images(),
                                    row.createdAt()));
                })
                .toList();
    }

    private static PlacedView placed(Map<String, Integer> byPhase) {
        int total = byPhase.values().stream().mapToInt(count -> count).sum();
        return new PlacedView(total, total - byPhase.getOrDefault("stopped", 0));
    }

    private static boolean visible(Principal principal) {
        return AccessPolicy.permits(principal, Operation.HOST_READ, null);
    }
}
