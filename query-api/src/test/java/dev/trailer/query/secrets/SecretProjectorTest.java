package dev.trailer.query.secrets;

import static dev.trailer.query.Things.SECRET;
import static dev.trailer.query.Things.SECRET_CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.secret.SecretEvent.SecretDeleted;
import dev.trailer.domain.secret.SecretEvent.SecretRenewed;
import dev.trailer.query.Ledger;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SecretProjectorTest {
    private static final SecretProjector PROJECTOR = new SecretProjector();

    @Test
    void a_secret_knows_when_it_came_and_when_it_was_renewed() {
        var row = Objects.requireNonNull(Rows.of(PROJECTOR, Ledger.of(SECRET_CREATED, new SecretRenewed(SECRET, 2)))
                .row(SECRET.value()));
        assertThat(row.state().version()).isEqualTo(2);
        assertThat(row.createdAt()).isEqualTo(Ledger.at(1));
        assertThat(row.renewedAt()).isEqualTo(Ledger.at(2));
    }

    @Test
    void a_deleted_secret_is_gone() {
        assertThat(Rows.of(PROJECTOR, Ledger.of(SECRET_CREATED, new SecretDeleted(SECRET)))
                        .row(SECRET.value()))
                .isNull();
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }
}
