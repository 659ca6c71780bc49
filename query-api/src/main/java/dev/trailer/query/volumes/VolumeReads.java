package dev.trailer.query.volumes;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.Page;
import dev.trailer.api.People;
import dev.trailer.api.VolumeView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.query.port.VolumeSizes;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.OwnerFilter;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.Filter;
import dev.trailer.query.view.ViewTable;
import dev.trailer.query.workspaces.WorkspaceProjector;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/volumes} and one of them. */
@RestController
@RequestMapping(path = "/api/v1/volumes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "volumes")
class VolumeReads {
    private static final Map<String, String> STATES = Map.of(
            "in-use", "life = 'ACTIVE' and workspace is not null",
            "kept", "life = 'ACTIVE' and workspace is null",
            "deleting", "life = 'DELETING'");

    private final ViewTable<VolumeRow> table;
    private final WorkspaceNames workspaces;
    private final VolumeSizes sizes;
    private final OwnerFilter owners;
    private final People people;
    private final Freshness freshness;

    VolumeReads(
            ViewTable<VolumeRow> table,
            WorkspaceNames workspaces,
            VolumeSizes sizes,
            People people,
            Freshness freshness) {
        this.table = table;
        this.workspaces = workspaces;
        this.sizes = sizes;
        this.owners = new OwnerFilter(table, people);
        this.people = people;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listVolumes",
            summary = "List volumes, in use and kept, the newest first")
    @Parameter(
            name = "owner",
            in = ParameterIn.QUERY,
            description = "The owner's handle or id",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"in-use", "kept", "deleting"}))
    @Parameter(
            name = "host",
            in = ParameterIn.QUERY,
            description = "The host's name",
            schema = @Schema(type = "string"))
    @Paged
    Page<VolumeView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "owner", "state", "host", "cursor", "limit");
        var owner = params.read("owner", OwnerFilter::form);
        var state = params.oneOf("state", List.of("in-use", "kept", "deleting"));
        var host = params.read("host", name -> new HostName(name).value());
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        // The names of workspaces come from their view.
        freshness.settle(exchange, VolumeProjector.NAME, WorkspaceProjector.NAME);
        var slice = table.page(filter(owner, state, host), after, limit, row -> visible(principal, row));
        return new Page<>(views(slice.rows()), slice.next());
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(operationId = "getVolume", summary = "Read one volume")
    VolumeView one(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        freshness.settle(exchange, VolumeProjector.NAME, WorkspaceProjector.NAME);
        var row = seen("volume", id, table.find(wellFormed("volume", id, VolumeId::new)), it -> visible(principal, it));
        tag(exchange, row.state().version());
        return views(List.of(row)).getFirst();
    }

    private Filter filter(@Nullable String owner, @Nullable String state, @Nullable String host) {
        var filter = new Filter();
        if (owner != null) {
            filter.and("owner in (:owners)").with("owners", owners.named(owner));
        }
        var condition = state == null ? null : STATES.get(state);
        if (condition != null) {
            filter.and(condition);
        }
        if (host != null) {
            filter.equal("host", host);
        }
        return filter;
    }

    private List<VolumeView> views(List<VolumeRow> rows) {
        var names = workspaces.of(rows.stream()
                .map(row -> row.state().workspace())
                .filter(w -> w != null)
                .toList());
        var measured =
                sizes.of(rows.stream().map(row -> row.state().id().value()).toList());
        return rows.stream()
                .map(row -> {
                    var workspace = row.state().workspace();
                    var name = workspace == null ? null : names.get(workspace.value());
                    var size = measured.get(row.state().id().value());
                    return VolumeView.of(row.state(), people, name, size, row.createdAt());
                })
                .toList();
    }

    private static boolean visible(Principal principal, VolumeRow row) {
        return AccessPolicy.permits(
                principal, Operation.VOLUME_READ, row.state().owner());
    }
}
