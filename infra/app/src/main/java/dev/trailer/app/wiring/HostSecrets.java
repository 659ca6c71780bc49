package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.SecretSource;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.command.change.Aggregates;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.secrets.Vault;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Gives a host the secrets of its own workspaces, and of the registries of what it makes, and no others. Asks the claims and
 * the ledger each time.
 */
final class HostSecrets implements SecretSource {
    private final ClaimReader claims;
    private final Aggregates aggregates;
    private final Vault vault;
    private final Function<HostId, List<ImageRef>> builds;

    /** @param builds that a host is asked to do now */
    HostSecrets(ClaimReader claims, Aggregates aggregates, Vault vault, Function<HostId, List<ImageRef>> builds) {
        this.claims = claims;
        this.aggregates = aggregates;
        this.vault = vault;
        this.builds = builds;
    }

    @Override
    public SecretValues ofWorkspace(HostId host, String workspace) {
        var found = find(workspace)
                .filter(w -> w.life() == Workspace.Life.ACTIVE && claims.isPlaced(workspace, host.value()))
                .orElseThrow(() -> new Refused(new Reason.NotFound("workspace", workspace)));
        return new SecretValues(found.spec()
                .namedSecrets()
                .map(secret -> value(secret, found.owner()::equals))
                .toList());
    }

    @Override
    public SecretValues ofImage(HostId host, String image, int version) {
        var asked = image(image)
                .filter(found -> version >= 1 && version <= found.latestVersion())
                .filter(found -> needs(host, found.id(), version))
                .orElseThrow(() -> new Refused(new Reason.NotFound("image version", image + "/" + version)));
        var named = asked.sources().get(version - 1).secret();
        // Whoever named it was asked then whether it is his; it may have been deleted since.
        return new SecretValues(named == null ? List.of() : List.of(value(named, _ -> true)));
    }

    /** Whether a workspace of the host is started from it, or a build is asked of the host, or from what is built on it. */
    private boolean needs(HostId host, ImageId image, int version) {
        var started = claims.placedOn(host.value()).stream()
                .flatMap(holder -> find(holder).stream())
                .map(Workspace::image);
        return Stream.concat(started, builds.apply(host).stream())
                .distinct()
                .anyMatch(one -> isOn(one, image, version));
    }

    private boolean isOn(ImageRef started, ImageId image, int version) {
        var at = started;
        while (at != null) {
            if (at.id().equals(image) && at.version() == version) {
                return true;
            }
            // Bases are older than what is built on them, so this comes to an end.
            int number = at.version();
            at = aggregates
                    .image(at.id())
                    .map(found -> found.sources().get(number - 1))
                    .map(source -> source instanceof ImageSource.Dockerfile dockerfile ? dockerfile.base() : null)
                    .orElse(null);
        }
        return false;
    }

    private Optional<Image> image(String id) {
        try {
            return aggregates.image(new ImageId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Workspace> find(String workspace) {
        try {
            return aggregates.workspace(new WorkspaceId(workspace));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SecretValues.Value value(SecretRef named, Predicate<AccountId> owner) {
        var opened = aggregates
                .secret(named.id())
                .filter(secret -> !secret.deleted() && owner.test(secret.owner()))
                .flatMap(secret -> vault.open(secret.id()))
                .orElseThrow(
                        () -> new Refused(new Reason.SecretGone(named.name().value())));
        return new SecretValues.Value(named.id().value(), opened.version(), opened.value());
    }
}
