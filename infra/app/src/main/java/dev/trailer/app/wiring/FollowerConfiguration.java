package dev.trailer.app.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.trailer.command.automation.AutoStop;
import dev.trailer.command.automation.Policy;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.ledger.Follower;
import dev.trailer.ledger.Follower.Keeping;
import dev.trailer.ledger.FollowerGroup;
import dev.trailer.ledger.FollowerGroup.Manner;
import dev.trailer.ledger.LedgerReader;
import dev.trailer.ledger.Tail;
import dev.trailer.query.view.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who follows the ledger: the views together, timers and policies each alone. */
@Configuration(proxyBeanMethods = false)
class FollowerConfiguration {
    private static final int TIMERS_VERSION = 1;
    private static final int POLICY_VERSION = 1;

    /** An agent is told of a change soon; under load some dozen events share a transaction. */
    private static final Manner VIEWS = new Manner(Duration.ofMillis(8), Duration.ofSeconds(5));

    /** Timers and policies are in less of a hurry, once something has just happened. */
    private static final Duration UNHURRIED = Duration.ofMillis(50);

    private static final Manner TIMERS = new Manner(UNHURRIED, Duration.ofSeconds(5));

    /** A policy sends commands while it holds its row; more than twice as long as it goes on with one batch. */
    private static final Manner POLICIES = new Manner(UNHURRIED, Duration.ofSeconds(8));

    /** After which a policy commits how far it has come, and goes on with the rest. */
    private static final Duration POLICY_BATCH = Duration.ofSeconds(2);

    @Bean
    @DependsOn("flywayInitializer")
    Followers followers(
            HikariDataSource pool,
            Tail tail,
            LedgerReader reader,
            List<View> views,
            List<Policy> policies,
            AutoStop autoStop) {
        var database = unpooled(pool);
        var groups = new ArrayList<FollowerGroup>();
        var together = views.stream().map(FollowerConfiguration::follower).toList();
        groups.add(new FollowerGroup("views", together, database, tail, reader, VIEWS));
        var timers =
                new Follower("timers", TIMERS_VERSION, new Keeping.InPlace(autoStop::reset), (connection, batch) -> {
                    autoStop.follow(connection, batch.events());
                    return batch.upTo();
                });
        groups.add(new FollowerGroup("timers", List.of(timers), database, tail, reader, TIMERS));
        for (Policy policy : policies) {
            var follower = follower(policy);
            groups.add(new FollowerGroup(follower.name(), List.of(follower), database, tail, reader, POLICIES));
        }
        return new Followers(groups, tail, autoStop, new OldestTransaction(pool));
    }

    /** Followers keep their connections, so they take none from the pool; nor do reads that exhaust it stop them. */
    private static DataSource unpooled(HikariDataSource pool) {
        var properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        if (pool.getUsername() != null) {
            properties.setProperty("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.setProperty("password", pool.getPassword());
        }
        return new DriverManagerDataSource(pool.getJdbcUrl(), properties);
    }

    private static Follower follower(View view) {
        var tables = new Follower.Tables() {
            @Override
            public List<String> names() {
                return view.tables();
            }

            @Override
            public boolean concerns(String type) {
                return view.concerns(type);
            }

            @Override
            public void create(Connection connection) throws SQLException {
                view.create(connection);
            }

            @Override
            public void index(Connection connection) throws SQLException {
                view.index(connection);
            }
        };
        return new Follower(view.name(), view.version(), new Keeping.Views(tables), (connection, batch) -> {
            view.handle(connection, batch.after(), batch.upTo(), batch.events());
            return batch.upTo();
        });
    }

    private static Follower follower(Policy policy) {
        return new Follower("policy-" + policy.name(), POLICY_VERSION, new Keeping.Nothing(), (_, batch) -> {
            long began = System.nanoTime();
            long reached = batch.after();
            for (RecordedEvent event : batch.events()) {
                try {
                    policy.on(event);
                } catch (Policy.Unfinished e) {
                    break;
                }
                reached = event.position();
                if (System.nanoTime() - began > POLICY_BATCH.toNanos()) {
                    break;
                }
            }
            return reached;
        });
    }
}
