package dev.trailer.query.images;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.AttemptView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.images.ImageRow.Build;
import dev.trailer.query.output.FollowsOutput;
import dev.trailer.query.output.OutputLog;
import dev.trailer.query.output.OutputSource;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.read.Params;
import dev.trailer.query.view.ViewTable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code GET /api/v1/images/{id}/builds/{n}/log}: what was said while the image, or one that it is built on, was worked on
 * for this build on its host; also where that was begun for something else.
 */
@RestController
@RequestMapping("/api/v1/images")
@Tag(name = "images")
class BuildLogReads {
    /** What an agent has told of an attempt may arrive so much after the build's outcome. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** Attempts that are one build: itself, and its bases. */
    private static final int MAX_ATTEMPTS = 50;

    private final ViewTable<ImageRow> table;
    private final ImageDefinitions images;
    private final AttemptHistory history;
    private final OutputLog log;
    private final Freshness freshness;
    private final Clock clock;

    BuildLogReads(
            ViewTable<ImageRow> table,
            ImageDefinitions images,
            AttemptHistory history,
            OutputLog log,
            Freshness freshness,
            Clock clock) {
        this.table = table;
        this.images = images;
        this.history = history;
        this.log = log;
        this.freshness = freshness;
        this.clock = clock;
    }

    @GetMapping(
            path = "/{id}/builds/{build}/log",
            produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "readBuildLog",
            summary = "What was said while it was built, live until it ends; kept 7 days")
    @FollowsOutput
    Mono<Void> log(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @PathVariable("build") int number,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return log.answer(exchange, () -> {
            Params.of(exchange).check();
            freshness.settle(exchange, ImageProjector.NAME);
            var row = seen(
                    "image",
                    id,
                    table.find(wellFormed("image", id, ImageId::new)),
                    _ -> AccessPolicy.permits(principal, Operation.IMAGE_READ, null));
            var build = build(row, number)
                    .orElseThrow(() -> new Refused(new Reason.NotFound("build", Integer.toString(number))));
            var image = row.state();
            return new Source(build, id, images.withBases(new ImageRef(image.id(), image.name(), build.version())));
        });
    }

    private static Optional<Build> build(ImageRow row, int number) {
        return row.builds().stream().filter(build -> build.build() == number).findFirst();
    }

    /** One reader's; one thread at a time. */
    private final class Source implements OutputSource {
        private final String image;
        private final Map<String, String> names;
        private Build build;

        Source(Build build, String image, Map<String, String> names) {
            this.build = build;
            this.image = image;
            this.names = names;
        }

        @Override
        public List<AttemptView> attempts() {
            var until = build.finishedAt() == null ? clock.instant().plus(GRACE) : build.finishedAt();
            return history
                    .between(build.host().id().value(), names.keySet(), build.requestedAt(), until, MAX_ATTEMPTS)
                    .stream()
                    .map(attempt -> attempt.of(names.getOrDefault(attempt.subject(), "")))
                    .toList();
        }

        @Override
        public boolean mayGrow() {
            build = table.find(image).flatMap(row -> build(row, build.build())).orElse(build);
            Instant finishedAt = build.finishedAt();
            return finishedAt == null || clock.instant().isBefore(finishedAt.plus(GRACE));
        }

        @Override
        public String whenEmpty() {
            return "Nothing had to be done, or what was said is not kept any more.";
        }
    }
}
