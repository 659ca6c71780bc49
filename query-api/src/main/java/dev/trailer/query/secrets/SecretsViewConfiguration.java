package dev.trailer.query.secrets;

import dev.trailer.api.People;
import dev.trailer.query.port.SecretUses;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.ProjectedView;
import dev.trailer.query.view.View;
import dev.trailer.query.view.ViewTable;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class SecretsViewConfiguration {
    @Bean
    View secretsView() {
        return new ProjectedView<>(new SecretProjector());
    }

    @Bean
    SecretReads secretReads(DataSource database, SecretUses uses, People people, Freshness freshness) {
        var table = new ViewTable<>(database, new SecretProjector());
        return new SecretReads(table, new SecretUsers(database), uses, people, freshness);
    }
}
