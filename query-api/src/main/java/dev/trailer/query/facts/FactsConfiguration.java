package dev.trailer.query.facts;

import dev.trailer.api.People;
import dev.trailer.query.hosts.HostNames;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.View;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class FactsConfiguration {
    @Bean
    View factsView() {
        return new FactsView();
    }

    @Bean
    FactReader factReader(People people, HostNames hosts, DataSource database) {
        return new FactReader(people, hosts, new SubjectNames(database));
    }

    @Bean
    FactReads factReads(DataSource database, FactSource source, FactReader reader, Freshness freshness) {
        return new FactReads(new FactIndex(database), source, reader, freshness);
    }
}
