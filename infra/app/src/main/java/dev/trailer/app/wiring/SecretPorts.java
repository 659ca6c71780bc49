package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.SecretSource;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.SideWrite;
import dev.trailer.command.secrets.SecretValues;
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
    SecretSource secretSource(ClaimReader claims, Aggregates aggregates, Vault vault) {
        return new HostSecrets(claims, aggregates, vault);
    }

    private static SideWrite sideWrite(SecretWrite write) {
        return new SideWrite(write.sql(), write.params(), false, false);
    }
}
