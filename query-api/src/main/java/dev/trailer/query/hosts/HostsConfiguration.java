package dev.trailer.query.hosts;

import dev.trailer.query.port.AgentPresence;
import dev.trailer.query.port.Allotments;
import dev.trailer.query.port.GpuHistory;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.ProjectedView;
import dev.trailer.query.view.View;
import dev.trailer.query.view.ViewTable;
import dev.trailer.query.workspaces.WorkspaceProjector;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class HostsConfiguration {
    @Bean
    View hostsView() {
        return new ProjectedView<>(new HostProjector());
    }

    @Bean
    HostReads hostReads(DataSource database, Allotments allotments, AgentPresence agents, Freshness freshness) {
        return new HostReads(
                new ViewTable<>(database, new HostProjector()),
                new ViewTable<>(database, new WorkspaceProjector()),
                allotments,
                agents,
                freshness);
    }

    @Bean
    HostMetricReads hostMetricReads(
            DataSource database, MetricHistory history, GpuHistory gpus, Freshness freshness, Clock clock) {
        return new HostMetricReads(new ViewTable<>(database, new HostProjector()), history, gpus, freshness, clock);
    }

    @Bean
    HostNames hostNames(DataSource database) {
        return new HostNames(new ViewTable<>(database, new HostProjector()));
    }
}
