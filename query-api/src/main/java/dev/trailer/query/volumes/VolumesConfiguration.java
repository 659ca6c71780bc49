package dev.trailer.query.volumes;

import dev.trailer.api.People;
import dev.trailer.query.port.VolumeSizes;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.ProjectedView;
import dev.trailer.query.view.View;
import dev.trailer.query.view.ViewTable;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class VolumesConfiguration {
    @Bean
    View volumesView() {
        return new ProjectedView<>(new VolumeProjector());
    }

    @Bean
    VolumeReads volumeReads(DataSource database, VolumeSizes sizes, People people, Freshness freshness) {
        var table = new ViewTable<>(database, new VolumeProjector());
        return new VolumeReads(table, new WorkspaceNames(database), sizes, people, freshness);
    }
}
