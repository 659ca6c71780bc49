package dev.trailer.query.history;

import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.port.AuditTrail;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/verify}. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "facts")
public class AuditReads {
    private final AuditTrail trail;

    AuditReads(AuditTrail trail) {
        this.trail = trail;
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
            @Nullable String problem) {}

    @GetMapping("/verify")
    @Operation(
            operationId = "verifyAudit",
            summary = "Recompute the hash chain over every recorded fact; takes about a second for 50,000")
    public AuditVerdict verify(@Parameter(hidden = true) Principal principal) {
        if (!AccessPolicy.permits(principal, dev.trailer.domain.access.Operation.FACTS_READ, null)) {
            throw new Refused(new Reason.Forbidden());
        }
        var verdict = trail.verify();
        return new AuditVerdict(
                verdict.firstBad() == null, verdict.checked(), verdict.head(), verdict.firstBad(), verdict.problem());
    }
}
