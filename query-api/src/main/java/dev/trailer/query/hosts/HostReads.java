package dev.trailer.query.hosts;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.HostView;
import dev.trailer.api.Page;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.host.HostId;
import dev.trailer.query.port.AgentPresence;
import dev.trailer.query.port.Allotments;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.Filter;
import dev.trailer.query.view.ViewTable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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
    private final ViewTable<HostRow> table;
    private final Allotments allotments;
    private final AgentPresence agents;
    private final Freshness freshness;

    HostReads(ViewTable<HostRow> table, Allotments allotments, AgentPresence agents, Freshness freshness) {
        this.table = table;
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
        freshness.settle(exchange, HostProjector.NAME);
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
        freshness.settle(exchange, HostProjector.NAME);
        var row = seen("host", id, table.find(wellFormed("host", id, HostId::new)), _ -> visible(principal));
        tag(exchange, row.state().generation());
        return views(List.of(row)).getFirst();
    }

    private List<HostView> views(List<HostRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var promised = allotments.promisedByPool();
        var present =
                agents.of(rows.stream().map(row -> row.state().id().value()).toList());
        return rows.stream()
                .map(row -> {
                    var host = row.state().id().value();
                    var presence = present.get(host);
                    return HostView.of(
                            row.state(),
                            promised.get(host),
                            presence == null ? null : presence.agent(),
                            presence == null ? null : presence.metrics(),
                            row.createdAt());
                })
                .toList();
    }

    private static boolean visible(Principal principal) {
        return AccessPolicy.permits(principal, Operation.HOST_READ, null);
    }
}
