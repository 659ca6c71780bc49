package dev.trailer.query.history;

import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.port.AuditTrail;
import dev.trailer.query.read.Params;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /api/v1/audit}. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "facts")
public class AuditReads {
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    private final AuditTrail trail;
    private final ExportStream exports;

    AuditReads(AuditTrail trail) {
        this.trail = trail;
        this.exports = new ExportStream(trail);
    }

    /**
     * Whether the audit trail is whole.
     *
     * @param checked how many positions were found good from the start
     * @param head the last position that is recorded
     * @param firstBad the first position at which something is wrong, null if nothing is
     */
    @Schema(name = "AuditVerdict")
    public record AuditVerdict(
            boolean whole,
            long checked,
            long head,
            @Nullable Long firstBad,
            @Nullable String problem,
            AuditCheckpoints checkpoints) {}

    /**
     * What the signed checkpoints outside of the database say.
     *
     * @param checked how many were compared with the ledger, and agree
     * @param lastPosition the last position that one of them attests; 0 if none does
     * @param elsewhere how many belong to another timeline, and were not compared
     * @param problem why they are themselves not to be believed; null if they are
     */
    @Schema(name = "AuditCheckpoints")
    public record AuditCheckpoints(
            long checked,
            long lastPosition,
            long elsewhere,
            @Nullable String problem,
            List<String> warnings) {}

    @GetMapping(path = "/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "verifyAudit",
            summary = "Recompute the hash chain over every recorded fact, and compare it with the signed checkpoints;"
                    + " takes about a second for 50,000")
    public AuditVerdict verify(@Parameter(hidden = true) Principal principal) {
        requireRight(principal);
        var verdict = trail.verify();
        var checkpoints = verdict.checkpoints();
        return new AuditVerdict(
                verdict.whole(),
                verdict.checked(),
                verdict.head(),
                verdict.firstBad(),
                verdict.problem(),
                new AuditCheckpoints(
                        checkpoints.checked(),
                        checkpoints.lastPosition(),
                        checkpoints.elsewhere(),
                        checkpoints.problem(),
                        checkpoints.warnings()));
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "exportAudit",
            summary = "Take every recorded fact along, to be verified elsewhere",
            description =
                    "A line of JSON for each fact, with all bytes that its hashes are made of, behind a first line"
                            + " that says whose ledger it is, where it stood, and which chain the first fact follows. All of one"
                            + " moment. To go on with an earlier one, ask from the position behind its last.")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "The first position; 1 unless given",
            schema = @Schema(type = "integer", format = "int64", minimum = "1"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "The last position; the last there is unless given",
            schema = @Schema(type = "integer", format = "int64", minimum = "1"))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    Mono<Void> export(
            @Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
        requireRight(principal);
        var params = Params.of(exchange, "from", "to");
        var from = params.read("from", AuditReads::position);
        var to = params.read("to", AuditReads::position);
        params.check();
        var response = exchange.getResponse();
        return response.writeWith(exports.pieces(response.bufferFactory(), export -> {
            var name = begin(export, params, number(from), number(to));
            var headers = response.getHeaders();
            headers.setContentType(MediaType.APPLICATION_NDJSON);
            headers.setCacheControl("no-store");
            headers.set(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
            // For nginx, which would hold all of it.
            headers.set("X-Accel-Buffering", "no");
        }));
    }

    /** @return what a file of it is called */
    private static String begin(AuditTrail.Export export, Params params, @Nullable Long from, @Nullable Long to) {
        long head = export.head();
        long first = Objects.requireNonNullElse(from, 1L);
        long last = Objects.requireNonNullElse(to, head);
        if (first > head + 1) {
            params.refuse("from", "must be at most " + (head + 1) + ", the position behind the last");
        } else if (last > head) {
            params.refuse("to", "must be at most " + head + ", the last position");
        } else if (to != null && last < first) {
            params.refuse("to", "must not be before the first position, " + first);
        }
        params.check();
        export.begin(first, last);
        return "trailer-audit-" + first + "-" + last + ".ndjson";
    }

    private static void requireRight(Principal principal) {
        if (!AccessPolicy.permits(principal, dev.trailer.domain.access.Operation.FACTS_READ, null)) {
            throw new Refused(new Reason.Forbidden());
        }
    }

    private static @Nullable Long number(@Nullable String position) {
        return position == null ? null : Long.valueOf(position);
    }

    private static String position(String text) {
        if (!POSITION.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a position, from 1 on");
        }
        return text;
    }
}
