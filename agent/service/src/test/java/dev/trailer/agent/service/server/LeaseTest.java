package dev.trailer.agent.service.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Lease lease = new Lease();

    @Test
    void it_counts_from_when_the_heartbeat_was_sent_not_from_when_it_was_answered() {
        long now = System.nanoTime();
        assertThat(lease.held()).isFalse();
        assertThat(lease.renew(now - TimeUnit.SECONDS.toNanos(20), 10_000)).isFalse();
        assertThat(lease.held()).isFalse();
        assertThat(lease.renew(now, 10_000)).isTrue();
        assertThat(lease.held()).isTrue();
        assertThat(lease.renew(now, 10_000)).isFalse();
    }

    @Test
    void an_older_answer_does_not_shorten_it() {
        long now = System.nanoTime();
        assertThat(lease.renew(now, 10_000)).isTrue();
        assertThat(lease.renew(now - TimeUnit.SECONDS.toNanos(20), 10_000)).isFalse();
        assertThat(lease.held()).isTrue();
    }

    @Test
    void a_revoked_lease_is_never_held_again() {
        lease.revoke();
        assertThat(lease.renew(System.nanoTime(), 10_000)).isFalse();
        assertThat(lease.held()).isFalse();
    }
}
