package dev.trailer.query.volumes;

import static dev.trailer.query.Things.VOLUME;
import static dev.trailer.query.Things.VOLUME_CREATED;
import static dev.trailer.query.Things.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.query.Ledger;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VolumeProjectorTest {
    private static final VolumeProjector PROJECTOR = new VolumeProjector();

    @Test
    void a_volume_stays_when_its_workspace_lets_go_of_it() {
        var row = row(Ledger.of(VOLUME_CREATED, new VolumeDetached(VOLUME, WORKSPACE)));
        assertThat(row.state().workspace()).isNull();
        assertThat(row.createdAt()).isEqualTo(Ledger.at(1));
    }

    @Test
    void a_deleted_volume_is_shown_until_its_host_has_removed_it() {
        var ledger = Ledger.of(VOLUME_CREATED, new VolumeDetached(VOLUME, WORKSPACE), new VolumeDeleted(VOLUME));
        assertThat(Rows.of(PROJECTOR, ledger).row(VOLUME.value())).isNotNull();
        ledger.record(new VolumeRemoved(VOLUME));
        assertThat(Rows.of(PROJECTOR, ledger).row(VOLUME.value())).isNull();
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }

    private static VolumeRow row(Ledger ledger) {
        return Objects.requireNonNull(Rows.of(PROJECTOR, ledger).row(VOLUME.value()));
    }
}
