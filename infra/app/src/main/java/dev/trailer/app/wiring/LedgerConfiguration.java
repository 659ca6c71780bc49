package dev.trailer.app.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.trailer.app.cluster.Membership;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.family.Family;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.ledger.Committer;
import dev.trailer.ledger.Copies;
import dev.trailer.ledger.EventCodec;
import dev.trailer.ledger.HeadWatch;
import dev.trailer.ledger.LedgerEngine;
import dev.trailer.ledger.LedgerReader;
import dev.trailer.ledger.Tail;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger, and Axon on top of it: command bus, event store, one repository for each aggregate. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    @Bean
    EventCodec eventCodec() {
        return new EventCodec(List.of());
    }

    @Bean
    LedgerReader ledgerReader(DataSource database, EventCodec codec) {
        return new LedgerReader(database, codec);
    }

    @Bean
    ClaimReader claimReader(DataSource database) {
        return new ClaimReader(database);
    }

    @Bean
    Tail tail(LedgerReader reader) {
        return new Tail(reader);
    }

    @Bean
    @DependsOn("flywayInitializer")
    HeadWatch headWatch(LedgerReader reader, Tail tail) {
        return new HeadWatch(reader, tail);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Committer committer(HikariDataSource database, Tail tail, Clock clock) {
        // A connection of its own, outside of the pool: reads that exhaust the pool must not keep writes from it.
        return new Committer(() -> DriverManager.getConnection(database.getJdbcUrl(), driver(database)), tail, clock);
    }

    @Bean
    @DependsOn("flywayInitializer")
    Membership membership(HikariDataSource database, @Value("${trailer.data}") Path data) {
        return new Membership(database.getJdbcUrl(), driver(database), data);
    }

    private static Properties driver(HikariDataSource database) {
        var properties = new Properties();
        if (database.getUsername() != null) {
            properties.setProperty("user", database.getUsername());
        }
        if (database.getPassword() != null) {
            properties.setProperty("password", database.getPassword());
        }
        // Seconds. A command is told "unavailable" after 15; a network that swallows everything is noticed before.
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "12");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    @Bean
    Copies copies() {
        return new Copies();
    }

    @Bean
    LedgerEngine ledgerEngine(Committer committer, LedgerReader reader, Tail tail, EventCodec codec, Copies copies) {
        return new LedgerEngine(committer, reader, tail, codec, copies);
    }

    @Bean
    CommandBus commandBus(LedgerEngine engine) {
        var store = EmbeddedEventStore.builder().storageEngine(engine).build();
        var bus = SimpleCommandBus.builder().build();
        Family.ALL.forEach(family -> subscribe(bus, store, family.aggregate()));
        return bus;
    }

    private static <T> void subscribe(CommandBus bus, EventStore store, Class<T> aggregate) {
        // No locks here: 4.13.0 keeps them when loading fails. AxonCommandSender orders commands by aggregate.
        var repository = EventSourcingRepository.builder(aggregate)
                .eventStore(store)
                .lockFactory(NullLockFactory.INSTANCE)
                .build();
        var unused = AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .repository(repository)
                .commandTargetResolver(LedgerConfiguration::target)
                .build()
                .subscribe(bus);
    }

    /** Every command of ours says whose it is; Axon would look for annotations each time. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        return new VersionedAggregateIdentifier((Object) ((DomainCommand) command.getPayload()).target(), null);
    }

    @Bean
    KeptAnswers keptAnswers(JdbcClient database, Clock clock) {
        return new KeptAnswers(database, clock);
    }

    @Bean
    CommandSender commandSender(
            CommandBus bus,
            LedgerEngine engine,
            Tail tail,
            KeptAnswers keptAnswers,
            ClaimReader claims,
            EventCodec codec,
            Copies copies) {
        return new AxonCommandSender(bus, engine, tail, keptAnswers, claims, codec, copies);
    }

    @Bean
    Aggregates aggregates(LedgerReader reader, Copies copies) {
        return new LedgerAggregates(reader, copies);
    }

    @Bean
    Claims claims(ClaimReader claims, Committer committer) {
        return new Claims() {
            @Override
            public Optional<String> holderOf(NameSpace space, String name) {
                return claims.holderOf(space, name);
            }

            @Override
            public int namesIn(NameSpace space) {
                return claims.namesIn(space);
            }

            @Override
            public List<Pool> pools() {
                return pools(claims.pools());
            }

            @Override
            public List<Pool> poolsLately() {
                var known = committer.knownPools();
                return pools(known == null ? claims.pools() : known);
            }

            private List<Pool> pools(List<ClaimReader.Pool> pools) {
                return pools.stream()
                        .map(p -> new Pool(p.id(), p.open(), p.total(), p.promised()))
                        .toList();
            }

            @Override
            public List<String> placedOn(String pool) {
                return claims.placedOn(pool);
            }
        };
    }
}
