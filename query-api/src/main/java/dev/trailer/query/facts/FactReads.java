package dev.trailer.query.facts;

import dev.trailer.api.Cursor;
import dev.trailer.api.FactView;
import dev.trailer.api.Page;
import dev.trailer.domain.access.Principal;
import dev.trailer.query.facts.FactIndex.Search;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Paged;
import dev.trailer.query.read.Params;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/events}. */
@RestController
@RequestMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "facts")
class FactReads {
    /** What the database's timestamps can hold, and more than anybody needs. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final FactIndex index;
    private final FactSource source;
    private final FactReader reader;
    private final Freshness freshness;

    FactReads(FactIndex index, FactSource source, FactReader reader, Freshness freshness) {
        this.index = index;
        this.source = source;
        this.reader = reader;
        this.freshness = freshness;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "listEvents",
            summary = "List what has happened, the newest first")
    @Parameter(
            name = "resource",
            in = ParameterIn.QUERY,
            description = "The id of a workspace, volume, image or host",
            schema = @Schema(type = "string", format = "uuid"))
    @Parameter(
            name = "actor",
            in = ParameterIn.QUERY,
            description = "The id of the account or host, or the name of the policy, that caused it",
            schema = @Schema(type = "string", maxLength = 64))
    @Parameter(name = "type", in = ParameterIn.QUERY, schema = @Schema(type = "string", example = "workspace.created"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "The first moment",
            schema = @Schema(type = "string", format = "date-time"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "The moment after the last",
            schema = @Schema(type = "string", format = "date-time"))
    @Paged
    Page<FactView> list(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var params = Params.of(exchange, "resource", "actor", "type", "from", "to", "cursor", "limit");
        var resource = params.read("resource", FactTerms::resource);
        var actor = params.read("actor", FactTerms::actor);
        var type = params.read("type", FactTerms::type);
        var from = params.read("from", text -> instant(text).toString());
        var to = params.read("to", text -> instant(text).toString());
        params.check();
        int limit = params.limit();
        var search = new Search(resource, actor, type, parsed(from), parsed(to), params.beforePosition());
        freshness.settle(exchange, FactsView.NAME);
        // One more than asked for tells whether there is a next page.
        var positions = index.find(search, limit + 1);
        var page = positions.subList(0, Math.min(limit, positions.size()));
        var items = (page.isEmpty() ? List.<FactView>of() : read(principal, page));
        return new Page<>(items, positions.size() > limit ? Cursor.after(String.valueOf(page.getLast())) : null);
    }

    private List<FactView> read(Principal principal, List<Long> positions) {
        return source.at(positions).reversed().stream()
                .filter(event -> reader.visible(principal, event))
                .map(reader::view)
                .toList();
    }

    private static @Nullable Instant parsed(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static Instant instant(String text) {
        try {
            var moment = OffsetDateTime.parse(text).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) {
                throw new IllegalArgumentException("must be in the years 1970 to 9999");
            }
            return moment;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a moment such as 2026-01-31T12:00:00Z", e);
        }
    }
}
