package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.GatewayConfiguration;
import dev.trailer.app.start.FirstStart;
import dev.trailer.app.web.WebConfiguration;
import dev.trailer.command.CommandConfiguration;
import dev.trailer.command.automation.AutoStop;
import dev.trailer.command.automation.Policy;
import dev.trailer.command.automation.PolicySender;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.identity.FirstAdmin;
import dev.trailer.identity.IdentityConfiguration;
import dev.trailer.ledger.Follower;
import dev.trailer.ledger.Follower.Beginning;
import dev.trailer.ledger.Tail;
import dev.trailer.query.QueryConfiguration;
import dev.trailer.query.view.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server: every room, joined. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    LedgerConfiguration.class,
    IdentityConfiguration.class,
    CommandConfiguration.class,
    QueryConfiguration.class,
    GatewayConfiguration.class,
    QueryPorts.class,
    GatewayPorts.class,
    WebConfiguration.class,
})
public class ServerConfiguration {
    private static final int TIMERS_VERSION = 1;
    private static final int POLICY_VERSION = 1;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @DependsOn("flywayInitializer")
    Followers followers(DataSource database, Tail tail, List<View> views, List<Policy> policies, AutoStop autoStop) {
        var followers = new ArrayList<Follower>();
        for (View view : views) {
            followers.add(new Follower(
                    view.name(), view.version(), Beginning.FIRST_EVENT, database, tail, view::handle, view::reset));
        }
        followers.add(new Follower(
                "timers", TIMERS_VERSION, Beginning.FIRST_EVENT, database, tail, autoStop::follow, autoStop::reset));
        for (Policy policy : policies) {
            followers.add(new Follower(
                    "policy-" + policy.name(),
                    POLICY_VERSION,
                    Beginning.HEAD,
                    database,
                    tail,
                    (connection, events) -> events.forEach(policy::on),
                    connection -> {
                        // a policy keeps nothing but how far it has come
                    }));
        }
        return new Followers(followers, tail, autoStop);
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
