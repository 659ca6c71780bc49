package dev.trailer.agent.gateway.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.Transfer;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class TransfersTest {
    private static final HostId ATTIC = new HostId(UUID.randomUUID().toString());
    private static final HostId CELLAR = new HostId(UUID.randomUUID().toString());
    private static final Meeting.Plot NOTHING = new Meeting.Plot() {
        @Override
        public void begins() {}

        @Override
        public void arrived(Transfer.Result result) {}
    };

    private final Transfers transfers = new Transfers();

    private static Meeting meeting(HostId host) {
        var order = new Transfer.Order(UUID.randomUUID().toString(), "v", Transfer.Direction.RECEIVE);
        return new Meeting(host, order, Flux.empty(), NOTHING);
    }

    private List<Transfer.Order> now(HostId host) throws InterruptedException {
        return transfers.await(host, Duration.ZERO);
    }

    @Test
    void an_agent_is_told_once_and_of_its_own_host_only() throws InterruptedException {
        var meeting = meeting(ATTIC);
        transfers.open(meeting);
        assertThat(now(CELLAR)).isEmpty();
        assertThat(now(ATTIC)).containsExactly(meeting.order());
        assertThat(now(ATTIC)).isEmpty();
        transfers.untell(ATTIC, List.of(meeting.order()));
        assertThat(now(ATTIC)).as("told again, as who was told did not act").containsExactly(meeting.order());
        assertThat(now(ATTIC)).isEmpty();
        assertThat(transfers.of(ATTIC, meeting.order().id())).isSameAs(meeting);
        assertThatThrownBy(() -> transfers.of(CELLAR, meeting.order().id())).isInstanceOf(Refused.class);
    }

    @Test
    void one_that_waits_is_woken() throws Exception {
        var told = new CompletableFuture<List<Transfer.Order>>();
        Thread.ofVirtual().start(() -> {
            try {
                told.complete(transfers.await(ATTIC, Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                told.completeExceptionally(e);
            }
        });
        var meeting = meeting(ATTIC);
        transfers.open(meeting);
        assertThat(told.get(30, TimeUnit.SECONDS)).containsExactly(meeting.order());
    }

    @Test
    void a_host_has_two_at_a_time_and_what_is_closed_makes_room() {
        var first = meeting(ATTIC);
        transfers.open(first);
        transfers.open(meeting(ATTIC));
        assertThatThrownBy(() -> transfers.open(meeting(ATTIC)))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.reason()).isInstanceOf(Reason.Contended.class));
        transfers.open(meeting(CELLAR));
        transfers.close(first);
        transfers.close(first);
        transfers.open(meeting(ATTIC));
        assertThat(transfers.underWay()).isEqualTo(3);
    }

    @Test
    void what_was_closed_before_it_was_told_is_not_told() throws InterruptedException {
        var meeting = meeting(ATTIC);
        transfers.open(meeting);
        transfers.close(meeting);
        assertThat(now(ATTIC)).isEmpty();
        assertThat(transfers.underWay()).isZero();
    }

    @Test
    void only_one_comes_for_what_is_to_be_received() {
        var meeting = meeting(ATTIC);
        meeting.receives();
        assertThatThrownBy(meeting::receives).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> meeting.sends(Flux.empty())).isInstanceOf(Refused.class);
    }
}
