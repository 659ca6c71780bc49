package dev.trailer.query.feed;

import dev.trailer.api.FactView;
import dev.trailer.domain.access.Principal;
import dev.trailer.query.read.Params;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/stream}. */
@RestController
@Tag(name = "facts")
class FeedReads {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Feed feed;

    FeedReads(Feed feed) {
        this.feed = feed;
    }

    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "stream",
            summary = "Follow what happens, live",
            description =
                    "Events named fact, with the position as id, in order and without gaps. Goes on behind Last-Event-ID"
                            + " or ?after, else begins now. Where it cannot go on from there, an event named reset (code, message)"
                            + " comes first: read everything again.")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "The position of the last fact seen",
            schema = @Schema(type = "integer", format = "int64", minimum = "0"))
    @Parameter(
            name = LAST_EVENT_ID,
            in = ParameterIn.HEADER,
            description = "The same, as browsers send it; wins over ?after",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = FactView.class)))
    Mono<Void> stream(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        Params.of(exchange, "after").check();
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var header = request.getHeaders().getFirst(LAST_EVENT_ID);
        var asked = header != null ? header : request.getQueryParams().getFirst("after");
        var headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        // For nginx, which would hold back what is small.
        headers.set("X-Accel-Buffering", "no");
        return Mono.defer(() -> {
            var chunks = feed.open(principal, asked, Outlet.of(request))
                    .map(chunk -> chunk.map(bytes -> response.bufferFactory().wrap(bytes)));
            return response.writeAndFlushWith(chunks).doFinally(_ -> Outlet.free(request));
        });
    }
}
