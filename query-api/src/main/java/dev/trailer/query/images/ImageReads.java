package dev.trailer.query.images;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.tag;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.ImageTemplateView;
import dev.trailer.api.ImageView;
import dev.trailer.api.Page;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.Filter;
import dev.trailer.query.view.ViewTable;
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

/** {@code GET /api/v1/images} and one of them. */
@RestController
@RequestMapping(path = "/api/v1/images", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "images")
class ImageReads {
    private final ViewTable<ImageRow> table;
    private final ImageViews views;
    private final Freshness freshness;

    ImageReads(ViewTable<ImageRow> table, ImageViews views, Freshness freshness) {
        this.table = table;
        this.views = views;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listImages",
            summary = "List images, retired ones too, the newest first")
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"active", "retired"}))
    @Paged
    Page<ImageView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "state", "cursor", "limit");
        var state = params.oneOf("state", List.of("active", "retired"));
        params.check();
        int limit = params.limit();
        var after = params.afterId();
        freshness.settle(exchange, ImageProjector.NAME);
        var filter = new Filter();
        if (state != null) {
            filter.equal("retired", String.valueOf(state.equals("retired")));
        }
        var slice = table.page(filter, after, limit, _ -> visible(principal));
        return new Page<>(views.of(slice.rows()), slice.next());
    }

    @GetMapping("/templates")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listImageTemplates",
            summary = "What an image may begin with: Debian's packages on trailer/base")
    Page<ImageTemplateView> templates(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        if (!visible(principal)) {
            throw new Refused(new Reason.Forbidden());
        }
        return new Page<>(ImageTemplates.ALL, null);
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(operationId = "getImage", summary = "Read one image")
    ImageView one(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange).check();
        freshness.settle(exchange, ImageProjector.NAME);
        var row = seen("image", id, table.find(wellFormed("image", id, ImageId::new)), _ -> visible(principal));
        tag(exchange, row.state().generation());
        return views.of(List.of(row)).getFirst();
    }

    private static boolean visible(Principal principal) {
        return AccessPolicy.permits(principal, Operation.IMAGE_READ, null);
    }
}
