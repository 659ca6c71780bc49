package dev.trailer.query.hosts;

import static dev.trailer.query.Things.ATTIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.host.Host.Presence;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.host.HostEvent.HostRemoved;
import dev.trailer.domain.host.HostEvent.HostReturned;
import dev.trailer.query.Ledger;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HostProjectorTest {
    private static final HostProjector PROJECTOR = new HostProjector();
    private static final HostRegistered REGISTERED = new HostRegistered(ATTIC.id(), ATTIC.name());

    @Test
    void a_host_is_shown_from_its_registration() {
        var row = Objects.requireNonNull(Rows.of(PROJECTOR, Ledger.of(REGISTERED, new HostReturned(ATTIC.id())))
                .row(ATTIC.id().value()));
        assertThat(row.state().presence()).isEqualTo(Presence.ONLINE);
        assertThat(row.createdAt()).isEqualTo(Ledger.at(1));
    }

    @Test
    void a_removed_host_is_gone() {
        var rows = Rows.of(PROJECTOR, Ledger.of(REGISTERED, new HostRemoved(ATTIC.id())));
        assertThat(rows.all()).isEmpty();
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }
}
