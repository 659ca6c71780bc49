package dev.trailer.query.feed;

import dev.trailer.api.FactView;
import dev.trailer.domain.access.Principal;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@code GET /api/v1/stream}. */
@RestController
@Tag(name = "facts")
class FeedReads {
    private final Feed feed;
    private final Scheduler threads = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

    FeedReads(Feed feed) {
        this.feed = feed;
    }

    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "stream",
            summary = "Follow what happens, live",
            description =
                    "Events named fact, in order and without gaps, each with an id. Goes on behind Last-Event-ID or"
                            + " ?after, else begins now. Where it cannot go on from there, an event named reset (code,"
                            + " message) comes first: read everything again. Topics narrow it: a fact is sent if it"
                            + " matches one value of each parameter that is given; ids without an event tell how far one"
                            + " is meanwhile. Something is sent at least every 15 s. Before the server ends a stream it"
                            + " sends an event named end (code, message, after, retryMillis), if it can.")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "The id of the last fact seen; or a position, taken for one of the present timeline",
            schema = @Schema(type = "string", pattern = "^[0-9]{1,18}(-[0-9a-f]{8})?$", example = "4711-9f86d081"))
    @Parameter(
            name = "resource",
            in = ParameterIn.QUERY,
            description = "The id of a workspace, volume, image or host",
            explode = Explode.FALSE,
            array = @ArraySchema(maxItems = Topics.MAX_VALUES, schema = @Schema(type = "string", format = "uuid")))
    @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "What the fact is about",
            explode = Explode.FALSE,
            array =
                    @ArraySchema(
                            maxItems = Topics.MAX_VALUES,
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"workspace", "volume", "image", "host"})))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            explode = Explode.FALSE,
            array =
                    @ArraySchema(
                            maxItems = Topics.MAX_VALUES,
                            schema = @Schema(type = "string", example = "workspace.created")))
    @Parameter(
            name = "actor",
            in = ParameterIn.QUERY,
            description = "The id of the account or host, or the name of the policy, that caused it",
            explode = Explode.FALSE,
            array = @ArraySchema(maxItems = Topics.MAX_VALUES, schema = @Schema(type = "string", maxLength = 64)))
    @Parameter(
            name = StreamRequest.LAST_EVENT_ID,
            in = ParameterIn.HEADER,
            description = "As after, sent by browsers; wins over it",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = FactView.class)))
    Mono<Void> stream(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        return Mono.fromCallable(() -> feed.open(principal, StreamRequest.of(request)))
                .subscribeOn(threads)
                .flatMap(opening -> {
                    var headers = response.getHeaders();
                    headers.setContentType(MediaType.TEXT_EVENT_STREAM);
                    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
                    // For nginx, which would hold back what is small.
                    headers.set("X-Accel-Buffering", "no");
                    var preamble =
                            response.bufferFactory().wrap(opening.preamble().getBytes(StandardCharsets.UTF_8));
                    return response.writeAndFlushWith(Flux.just(Mono.just(preamble), feed.follow(opening, request)));
                });
    }
}
