package dev.trailer.query.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.host.HostId;
import dev.trailer.query.Things;
import dev.trailer.query.port.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostRevisionsTest {
    private static final HostId ATTIC = Things.host(1).id();
    private static final HostId CELLAR = Things.host(2).id();
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A view in memory: what is committed, and how far that is known. */
    private static final class FakeView implements Progress {
        final Map<HostId, Long> rows = new ConcurrentHashMap<>();
        final AtomicInteger questions = new AtomicInteger();
        long position;

        synchronized void commit(long position, HostId host) {
            rows.put(host, position);
            this.position = position;
            notifyAll();
        }

        long stored(HostId host) {
            questions.incrementAndGet();
            return rows.getOrDefault(host, 0L);
        }

        Map<HostId, Long> after(long position) {
            var found = new HashMap<HostId, Long>();
            rows.forEach((host, revision) -> {
                if (revision > position) {
                    found.put(host, revision);
                }
            });
            return found;
        }

        @Override
        public synchronized long position(String view) {
            return position;
        }

        @Override
        public synchronized boolean await(String view, long target, Duration patience) throws InterruptedException {
            long until = System.currentTimeMillis() + patience.toMillis();
            while (position < target) {
                long left = until - System.currentTimeMillis();
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        }
    }

    private final FakeView view = new FakeView();
    private final HostRevisions revisions = new HostRevisions(view, view::stored, view::after);

    @BeforeEach
    void start() {
        view.commit(5, ATTIC);
        revisions.start();
    }

    @AfterEach
    void stop() {
        revisions.close();
    }

    @Test
    void a_host_that_was_never_told_anything_is_at_0() {
        assertThat(revisions.of(CELLAR)).isZero();
    }

    @Test
    void a_change_wakes_its_host() {
        var woken = CompletableFuture.supplyAsync(() -> waitFor(ATTIC, 5, LONG));
        view.commit(6, ATTIC);
        assertThat(woken.join()).isTrue();
        assertThat(revisions.of(ATTIC)).isEqualTo(6);
    }

    @Test
    void a_change_of_another_host_does_not_wake_it() {
        view.commit(6, CELLAR);
        assertThat(waitFor(CELLAR, 5, LONG)).isTrue();
        assertThat(waitFor(ATTIC, 5, Duration.ofMillis(50))).isFalse();
    }

    @Test
    void a_host_is_looked_up_in_the_database_once_at_most() {
        for (int i = 0; i < 100; i++) {
            assertThat(revisions.of(ATTIC)).isEqualTo(5);
        }
        assertThat(view.questions.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_view_that_is_being_rebuilt_tells_nothing_until_it_has_come_as_far_again() {
        assertThat(waitFor(ATTIC, 4, LONG)).isTrue();
        view.commit(2, ATTIC);
        assertThat(waitFor(ATTIC, 5, Duration.ofMillis(50))).isFalse();
        view.commit(6, ATTIC);
        assertThat(waitFor(ATTIC, 5, LONG)).isTrue();
    }

    private boolean waitFor(HostId host, long revision, Duration patience) {
        try {
            return revisions.awaitBeyond(host, revision, patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
