package dev.trailer.query;

import dev.trailer.query.desired.DesiredConfiguration;
import dev.trailer.query.facts.FactsConfiguration;
import dev.trailer.query.feed.FeedConfiguration;
import dev.trailer.query.history.HistoryConfiguration;
import dev.trailer.query.hosts.HostsConfiguration;
import dev.trailer.query.images.ImagesConfiguration;
import dev.trailer.query.output.OutputLog;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.Progress;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.secrets.SecretsViewConfiguration;
import dev.trailer.query.volumes.VolumesConfiguration;
import dev.trailer.query.workspaces.WorkspacesConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Everything of this room as beans: controllers, every {@link dev.trailer.query.view.View} (each to be fed by a follower of
 * its name), {@link dev.trailer.query.desired.DesiredStates}. Needs as beans a {@code DataSource}, {@code
 * dev.trailer.api.People} and the interfaces of {@link dev.trailer.query.port}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    WorkspacesConfiguration.class,
    VolumesConfiguration.class,
    ImagesConfiguration.class,
    HostsConfiguration.class,
    SecretsViewConfiguration.class,
    FactsConfiguration.class,
    DesiredConfiguration.class,
    FeedConfiguration.class,
    HistoryConfiguration.class,
})
public class QueryConfiguration {
    @Bean
    Freshness freshness(Progress progress) {
        return new Freshness(progress);
    }

    @Bean
    OutputLog outputLog(AttemptHistory history) {
        return new OutputLog(history);
    }
}
