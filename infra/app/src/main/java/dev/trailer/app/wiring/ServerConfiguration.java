package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.GatewayConfiguration;
import dev.trailer.app.start.FirstStart;
import dev.trailer.app.web.WebConfiguration;
import dev.trailer.command.CommandConfiguration;
import dev.trailer.command.automation.PolicySender;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.identity.FirstAdmin;
import dev.trailer.identity.IdentityConfiguration;
import dev.trailer.query.QueryConfiguration;
import dev.trailer.secrets.SecretsConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server: every room, joined. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    LedgerConfiguration.class,
    FollowerConfiguration.class,
    IdentityConfiguration.class,
    SecretsConfiguration.class,
    CommandConfiguration.class,
    QueryConfiguration.class,
    GatewayConfiguration.class,
    QueryPorts.class,
    GatewayPorts.class,
    SecretPorts.class,
    WebConfiguration.class,
})
public class ServerConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FirstStart firstStart(
            FirstAdmin admin,
            ImageLookup images,
            PolicySender policies,
            CommandSender sender,
            Claims claims,
            HostEnrolments enrolments,
            JdbcClient database,
            Clock clock) {
        return new FirstStart(admin, images, policies, sender, claims, enrolments, database, clock);
    }
}
