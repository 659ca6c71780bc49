package dev.trailer.agent.gateway;

import dev.trailer.agent.gateway.attempts.AttemptReader;
import dev.trailer.agent.gateway.attempts.AttemptStore;
import dev.trailer.agent.gateway.attempts.AttemptUpkeep;
import dev.trailer.agent.gateway.metrics.GpuMetricStore;
import dev.trailer.agent.gateway.metrics.MetricStore;
import dev.trailer.agent.gateway.metrics.MetricUpkeep;
import dev.trailer.agent.gateway.transfers.ArchiveController;
import dev.trailer.agent.gateway.transfers.Transfers;
import dev.trailer.agent.gateway.transfers.Volumes;
import dev.trailer.agent.gateway.upkeep.Upkeep;
import dev.trailer.api.People;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * What this room adds to a server. Needs a {@link DataSource}, a {@link Clock} and the ports {@link Commands}, {@link
 * DesiredSource}, {@link Placement}, {@link ImageDefinitions}, {@link SecretSource}, {@link Installation}, {@link
 * Volumes}, {@link People}.
 */
@Configuration(proxyBeanMethods = false)
public class GatewayConfiguration {
    /** For Spring. */
    public GatewayConfiguration() {}

    @Bean
    Calm gatewayCalm() {
        return new Calm(System::nanoTime);
    }

    @Bean
    Database gatewayDatabase(DataSource dataSource, Calm calm) {
        return new Database(dataSource, calm);
    }

    @Bean
    HostRegistry hostRegistry(Clock clock) {
        return new HostRegistry(clock);
    }

    @Bean
    AgentSessions agentSessions(Database database) {
        return new AgentSessions(database);
    }

    @Bean
    MetricStore metricStore(DataSource dataSource) {
        return new MetricStore(JdbcClient.create(dataSource));
    }

    @Bean
    GpuMetricStore gpuMetricStore(DataSource dataSource) {
        return new GpuMetricStore(JdbcClient.create(dataSource));
    }

    @Bean
    Upkeep metricUpkeep(DataSource dataSource) {
        return new Upkeep("metrics", dataSource, new MetricUpkeep(JdbcClient.create(dataSource))::once);
    }

    @Bean
    AttemptStore attemptStore(DataSource dataSource) {
        return new AttemptStore(dataSource);
    }

    @Bean
    AttemptReader attemptReader(DataSource dataSource) {
        return new AttemptReader(JdbcClient.create(dataSource));
    }

    @Bean
    Upkeep attemptUpkeep(DataSource dataSource) {
        return new Upkeep("attempts", dataSource, new AttemptUpkeep(JdbcClient.create(dataSource))::once);
    }

    @Bean
    VolumeSizes volumeSizes(Database database) {
        return new VolumeSizes(database);
    }

    @Bean
    AttemptNotes attemptNotes(Database database) {
        return new AttemptNotes(database);
    }

    @Bean
    SessionStore agentSessionStore(Database database) {
        return new SessionStore(database);
    }

    @Bean
    Pacer pacer(SessionStore sessions) {
        return new Pacer(sessions::count);
    }

    @Bean
    AgentGate agentGate(SessionStore sessions) {
        return new AgentGate(sessions);
    }

    @Bean
    HostImageStore hostImageStore(Database database) {
        return new HostImageStore(database);
    }

    @Bean
    HeartbeatIntake heartbeatIntake(
            SessionStore sessions,
            AgentSessions samples,
            MetricStore metrics,
            VolumeSizes sizes,
            GpuMetricStore gpuMetrics,
            HostImageStore images,
            Commands commands,
            Placement placement,
            DesiredSource desired,
            Pacer pacer,
            Calm calm) {
        return new HeartbeatIntake(
                sessions, samples, metrics, sizes, gpuMetrics, images, commands, placement, desired, pacer, calm);
    }

    @Bean
    AgentController agentController(
            Database database,
            SessionStore sessions,
            HeartbeatIntake intake,
            AttemptStore attempts,
            Placement placement,
            Commands commands,
            DesiredSource desired,
            ImageDefinitions images,
            SecretSource secrets,
            Installation installation,
            Pacer pacer,
            Clock clock) {
        return new AgentController(
                new Enroller(database, commands, installation, clock),
                new SessionOpener(sessions, commands, pacer),
                new DesiredPoll(sessions, desired),
                intake,
                new AttemptIntake(sessions, attempts, placement),
                images,
                secrets);
    }

    @Bean
    Transfers transfers() {
        return new Transfers();
    }

    @Bean
    TransferController transferController(Transfers transfers, SessionStore sessions) {
        return new TransferController(transfers, sessions);
    }

    @Bean
    ArchiveController archiveController(
            Transfers transfers, Volumes volumes, Commands commands, People people, Clock clock) {
        return new ArchiveController(transfers, volumes, commands, people, clock);
    }

    @Bean
    HostWatch hostWatch(DataSource dataSource, Commands commands, Calm calm, AttemptNotes notes) {
        return new HostWatch(new LostHosts(dataSource, commands, calm, System::nanoTime), notes);
    }

    @Bean
    static WebFluxConfigurer agentArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new AgentArguments());
            }
        };
    }
}
