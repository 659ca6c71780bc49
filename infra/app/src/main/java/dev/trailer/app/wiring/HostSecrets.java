package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.SecretSource;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.command.change.Aggregates;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.secrets.Vault;
import java.util.Optional;

/** Gives a host the secrets of its own workspaces, and no others. Asks the claims and the ledger each time. */
final class HostSecrets implements SecretSource {
    private final ClaimReader claims;
    private final Aggregates aggregates;
    private final Vault vault;

    HostSecrets(ClaimReader claims, Aggregates aggregates, Vault vault) {
        this.claims = claims;
        this.aggregates = aggregates;
        this.vault = vault;
    }

    @Override
    public SecretValues ofWorkspace(HostId host, String workspace) {
        var found = find(workspace)
                .filter(w -> w.life() == Workspace.Life.ACTIVE && claims.isPlaced(workspace, host.value()))
                .orElseThrow(() -> new Refused(new Reason.NotFound("workspace", workspace)));
        return new SecretValues(found.spec()
                .namedSecrets()
                .map(secret -> value(secret, found.owner()))
                .toList());
    }

    private Optional<Workspace> find(String workspace) {
        try {
            return aggregates.workspace(new WorkspaceId(workspace));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SecretValues.Value value(SecretRef named, AccountId owner) {
        var opened = aggregates
                .secret(named.id())
                .filter(secret -> !secret.deleted() && secret.owner().equals(owner))
                .flatMap(secret -> vault.open(secret.id()))
                .orElseThrow(
                        () -> new Refused(new Reason.SecretGone(named.name().value())));
        return new SecretValues.Value(named.id().value(), opened.version(), opened.value());
    }
}
