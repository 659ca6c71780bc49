package dev.trailer.secrets;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this room adds to a server. Needs a {@link DataSource} and the property {@code trailer.secrets-key}, a file. */
@Configuration(proxyBeanMethods = false)
public class SecretsConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsConfiguration.class);

    /** For Spring. */
    public SecretsConfiguration() {}

    @Bean
    Vault vault(DataSource database, @Value("${trailer.secrets-key}") Path key) {
        return new Vault(database, new KeyFile(key));
    }

    /** The key is made, or found missing, when the server starts and not when somebody first needs it. */
    @Bean
    SmartInitializingSingleton openVault(Vault vault) {
        return () -> {
            if (!vault.usable()) {
                return;
            }
            Thread.ofVirtual().name("secrets-seal-anew").start(() -> sealAnew(vault));
        };
    }

    private static void sealAnew(Vault vault) {
        try {
            int done = vault.sealAnew();
            if (done > 0) {
                LOG.info("{} secrets were sealed anew with the first key of the file", done);
            }
        } catch (RuntimeException e) {
            LOG.warn("Secrets were not all sealed anew; the next start goes on: {}", e.getMessage());
        }
    }
}
