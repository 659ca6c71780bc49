package dev.trailer.query.desired;

import dev.trailer.query.images.ImageDefinitions;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Progress;
import dev.trailer.query.port.Timeline;
import dev.trailer.query.view.ProjectedView;
import dev.trailer.query.view.View;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class DesiredConfiguration {
    @Bean
    View desiredView() {
        return new ProjectedView<>(new DesiredProjector());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HostRevisions hostRevisions(DataSource database, Progress progress) {
        var table = new DesiredTable(database);
        return new HostRevisions(progress, table::revision, table::revisionsAfter);
    }

    @Bean
    DesiredStates desiredStates(
            DataSource database,
            HostRevisions revisions,
            ImageDefinitions images,
            Progress progress,
            FactSource facts,
            Timeline timeline) {
        return new DesiredStates(new DesiredTable(database), revisions, images, progress, facts, timeline);
    }
}
