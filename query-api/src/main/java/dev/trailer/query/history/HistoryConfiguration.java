package dev.trailer.query.history;

import dev.trailer.query.port.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {
    @Bean
    AuditReads auditReads(AuditTrail trail) {
        return new AuditReads(trail);
    }
}
