package dev.trailer.app.web;

import dev.trailer.app.cluster.Membership;
import dev.trailer.app.wiring.Followers;
import dev.trailer.ledger.Committer;
import dev.trailer.ledger.HeadWatch;
import dev.trailer.secrets.Vault;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever runs the server: does it live, can it do its work, how does it fare. */
@RestController
@Hidden
public class OperationsController {
    private static final MediaType PROMETHEUS = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final PrometheusMeterRegistry registry;
    private final Followers followers;
    private final Committer committer;
    private final HeadWatch head;
    private final Membership membership;
    private final Vault vault;

    OperationsController(
            PrometheusMeterRegistry registry,
            Followers followers,
            Committer committer,
            HeadWatch head,
            Membership membership,
            Vault vault) {
        this.registry = registry;
        this.followers = followers;
        this.committer = committer;
        this.head = head;
        this.membership = membership;
        this.vault = vault;
    }

    /** The process answers. */
    @GetMapping("/livez")
    public Map<String, String> livez() {
        return Map.of("status", "ok");
    }

    /** 200 while it reads and writes the ledger and every follower goes on; 503 naming what does not. Both say what else is wrong. */
    @GetMapping("/readyz")
    public ResponseEntity<Map<String, String>> readyz() {
        var troubles = new LinkedHashMap<String, String>();
        if (!head.healthy()) {
            troubles.put("database", "cannot be read");
        }
        if (!committer.healthy()) {
            troubles.put("ledger", "cannot be written");
        }
        if (membership.trouble() != null) {
            troubles.put("server id", membership.trouble());
        }
        followers.failures().forEach((name, failure) -> troubles.put("follower " + name, failure));
        if (troubles.isEmpty()) {
            var well = new LinkedHashMap<>(Map.of("status", "ok"));
            // All but secrets goes on without it: no reason to send people elsewhere.
            vault.trouble().ifPresent(trouble -> well.put("secrets", trouble));
            followers.buildings().forEach((name, progress) -> well.put("view " + name, "is made anew: " + progress));
            return ResponseEntity.ok(well);
        }
        vault.trouble().ifPresent(trouble -> troubles.put("secrets", trouble));
        troubles.put("status", "not ready");
        return ResponseEntity.status(503).body(troubles);
    }

    @GetMapping("/metrics")
    public ResponseEntity<String> metrics() {
        return ResponseEntity.ok().contentType(PROMETHEUS).body(registry.scrape());
    }
}
