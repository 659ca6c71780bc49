package dev.trailer.query.workspaces;

import dev.trailer.api.People;
import dev.trailer.query.images.ImageDefinitions;
import dev.trailer.query.output.OutputLog;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.ProjectedView;
import dev.trailer.query.view.View;
import dev.trailer.query.view.ViewTable;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class WorkspacesConfiguration {
    @Bean
    View workspacesView() {
        return new ProjectedView<>(new WorkspaceProjector());
    }

    @Bean
    WorkspaceReads workspaceReads(DataSource database, People people, AttemptNotes notes, Freshness freshness) {
        return new WorkspaceReads(new ViewTable<>(database, new WorkspaceProjector()), people, notes, freshness);
    }

    @Bean
    WorkspaceAttemptReads workspaceAttemptReads(
            DataSource database, ImageDefinitions images, AttemptHistory history, OutputLog log, Freshness freshness) {
        return new WorkspaceAttemptReads(
                new ViewTable<>(database, new WorkspaceProjector()), images, history, log, freshness);
    }

    @Bean
    WorkspaceMetricReads workspaceMetricReads(
            DataSource database, MetricHistory history, Freshness freshness, Clock clock) {
        return new WorkspaceMetricReads(new ViewTable<>(database, new WorkspaceProjector()), history, freshness, clock);
    }
}
