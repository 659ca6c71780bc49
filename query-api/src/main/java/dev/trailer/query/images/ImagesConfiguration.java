package dev.trailer.query.images;

import dev.trailer.query.hosts.HostNames;
import dev.trailer.query.output.OutputLog;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.port.HeldImages;
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
public class ImagesConfiguration {
    @Bean
    View imagesView() {
        return new ProjectedView<>(new ImageProjector());
    }

    @Bean
    ImageReads imageReads(
            DataSource database, AttemptNotes notes, HeldImages held, HostNames hosts, Freshness freshness) {
        return new ImageReads(table(database), new ImageViews(notes, held, hosts::of), freshness);
    }

    @Bean
    BuildLogReads buildLogReads(
            DataSource database,
            ImageDefinitions images,
            AttemptHistory history,
            OutputLog log,
            Freshness freshness,
            Clock clock) {
        return new BuildLogReads(table(database), images, history, log, freshness, clock);
    }

    @Bean
    ImageDefinitions imageDefinitions(DataSource database) {
        return new ImageDefinitions(table(database));
    }

    private static ViewTable<ImageRow> table(DataSource database) {
        return new ViewTable<>(database, new ImageProjector());
    }
}
