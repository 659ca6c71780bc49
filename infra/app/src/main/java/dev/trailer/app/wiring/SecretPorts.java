package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.DesiredSource;
import dev.trailer.agent.gateway.SecretSource;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.SideWrite;
import dev.trailer.command.secrets.SecretValues;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.secrets.SecretWrite;
import dev.trailer.secrets.Vault;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Values of secrets, for those who make them and those who need them. */
@Configuration(proxyBeanMethods = false)
class SecretPorts {
    @Bean
    SecretValues secretValues(Vault vault) {
        return new SecretValues() {
            @Override
            public SideWrite stored(SecretId secret, long version, byte[] value) {
                return sideWrite(vault.stored(secret, version, value));
            }

            @Override
            public List<SideWrite> erased(SecretId secret) {
                return vault.erased(secret).stream().map(SecretPorts::sideWrite).toList();
            }
        };
    }

    @Bean
    SecretSource secretSource(ClaimReader claims, Aggregates aggregates, Vault vault, DesiredSource desired) {
        return new HostSecrets(claims, aggregates, vault, host -> builds(desired, host));
    }

    /** As the host was told, which is why it asks. */
    private static List<ImageRef> builds(DesiredSource desired, HostId host) {
        return desired.whole(host.value()).resources().stream()
                .filter(DesiredResource.Build.class::isInstance)
                .map(DesiredResource.Build.class::cast)
                .map(build -> new ImageRef(
                        new ImageId(build.image().id()),
                        new ImageName(build.image().name()),
                        build.image().version()))
                .toList();
    }

    private static SideWrite sideWrite(SecretWrite write) {
        return new SideWrite(write.sql(), write.params(), false, false);
    }
}
