package dev.trailer.query.secrets;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.Page;
import dev.trailer.api.People;
import dev.trailer.api.SecretView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.query.port.SecretUses;
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
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/secrets} and one of them. */
@RestController
@RequestMapping(path = "/api/v1/secrets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "secrets")
class SecretReads {
    private final ViewTable<SecretRow> table;
    private final SecretUsers users;
    private final SecretUses uses;
    private final OwnerFilter owners;
    private final People people;
    private final Freshness freshness;

    SecretReads(ViewTable<SecretRow> table, SecretUsers users, SecretUses uses, People people, Freshness freshness) {
        this.table = table;
        this.users = users;
        this.uses = uses;
        this.owners = new OwnerFilter(table, people);
        this.people = people;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listSecrets",
            summary = "List secrets, without their values, the newest first")
    @Parameter(
            name = "owner",
            in = ParameterIn.QUERY,
            description = "The owner's handle or id",
            schema = @Schema(type = "string"))
    @Paged
    Page<SecretView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "owner", "cursor", "limit");
        var owner = params.read("owner", OwnerFilter::form);
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        // The names of workspaces come from their view.
        freshness.settle(exchange, SecretProjector.NAME, WorkspaceProjector.NAME);
        var filter = new Filter();
        if (owner != null) {
            filter.and("owner in (:owners)").with("owners", owners.named(owner));
        }
        var slice = table.page(filter, after, limit, row -> visible(principal, row));
        return new Page<>(views(slice.rows()), slice.next());
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "getSecret",
            summary = "Read what is known of a secret, without its value")
    SecretView one(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        freshness.settle(exchange, SecretProjector.NAME, WorkspaceProjector.NAME);
        var found = table.find(wellFormed("secret", id, SecretId::new));
        var row = seen("secret", id, found, r -> visible(principal, r));
        tag(exchange, row.state().version());
        return views(List.of(row)).getFirst();
    }

    private List<SecretView> views(List<SecretRow> rows) {
        var states = rows.stream().map(SecretRow::state).toList();
        var named = users.of(states);
        var used = uses.lastUsed(states.stream().map(s -> s.id()).toList());
        return rows.stream()
                .map(row -> {
                    var id = row.state().id().value();
                    return SecretView.of(
                            row.state(),
                            people,
                            named.getOrDefault(id, List.of()),
                            row.createdAt(),
                            row.renewedAt(),
                            used.get(id));
                })
                .toList();
    }

    private static boolean visible(Principal principal, SecretRow row) {
        return AccessPolicy.permits(
                principal, Operation.SECRET_READ, row.state().owner());
    }
}
