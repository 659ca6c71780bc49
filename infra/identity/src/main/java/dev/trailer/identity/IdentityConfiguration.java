package dev.trailer.identity;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** What this room adds to a server. Needs a {@link DataSource} and a {@link Clock}. */
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {
    /** For Spring. */
    public IdentityConfiguration() {}

    @Bean
    Database identityDatabase(DataSource dataSource) {
        return new Database(dataSource);
    }

    @Bean
    Accounts accounts(Database database, Clock clock) {
        return new Accounts(database, clock);
    }

    @Bean
    Sessions personSessions(Database database, Clock clock) {
        return new Sessions(database, clock);
    }

    @Bean
    ApiTokens apiTokens(Database database, Clock clock) {
        return new ApiTokens(database, clock);
    }

    @Bean
    FirstAdmin firstAdmin(Accounts accounts, Sessions sessions, ApiTokens tokens) {
        return new FirstAdmin(accounts, sessions, tokens);
    }

    @Bean
    Gate gate(Sessions sessions, ApiTokens tokens) {
        return new Gate(sessions, tokens);
    }

    @Bean
    SessionController sessionController(Sessions sessions) {
        return new SessionController(sessions);
    }

    @Bean
    static WebFluxConfigurer principalArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new PrincipalArgumentResolver());
            }
        };
    }
}
