package dev.trailer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClaimBookTest {
    private static final NameSpace SPACE = new NameSpace("workspace", "somebody");

    private static ClaimBook book(Resources total) {
        return new ClaimBook(Map.of(), Map.of("h", new ClaimBook.Pool(true, total, Resources.NONE, 0)), Map.of());
    }

    private static Claim placed(String holder, long cpus) {
        return new Claim.Placed("h", "host", holder, new Resources(cpus, 0, 0));
    }

    @Test
    void a_name_is_granted_once() {
        var book = book(Resources.NONE);
        assertThat(book.grant(List.of(new Claim.NameTaken(SPACE, "api", "a")))).isNull();
        assertThat(book.grant(List.of(new Claim.NameTaken(SPACE, "api", "b"))))
                .isEqualTo(new Reason.NameInUse("workspace", "api"));
    }

    @Test
    void a_name_that_is_freed_can_be_taken_in_the_same_batch() {
        var book = book(Resources.NONE);
        book.grant(List.of(new Claim.NameTaken(SPACE, "api", "a")));
        assertThat(book.grant(List.of(new Claim.NameFreed(SPACE, "api", "a"), new Claim.NameTaken(SPACE, "api", "b"))))
                .isNull();
    }

    @Test
    void only_the_holder_frees_a_name() {
        var book = book(Resources.NONE);
        book.grant(List.of(new Claim.NameTaken(SPACE, "api", "a")));
        book.grant(List.of(new Claim.NameFreed(SPACE, "api", "b")));
        assertThat(book.grant(List.of(new Claim.NameTaken(SPACE, "api", "c")))).isNotNull();
    }

    @Test
    void a_refused_command_leaves_nothing_behind() {
        var book = book(new Resources(1, 0, 0));
        assertThat(book.grant(List.of(new Claim.NameTaken(SPACE, "api", "a"), placed("a", 2))))
                .isEqualTo(new Reason.NoCapacity("host", new Resources(2, 0, 0)));
        assertThat(book.changedNames()).isEmpty();
        assertThat(book.grant(List.of(new Claim.NameTaken(SPACE, "api", "b"), placed("b", 1))))
                .isNull();
    }

    @Test
    void a_new_promise_replaces_the_holders_old_one() {
        var book = book(new Resources(10, 0, 0));
        assertThat(book.grant(List.of(placed("a", 8)))).isNull();
        assertThat(book.grant(List.of(placed("a", 10)))).isNull();
        assertThat(book.grant(List.of(placed("b", 1)))).isNotNull();
        assertThat(book.grant(List.of(placed("a", 0)))).isNull();
        assertThat(book.grant(List.of(placed("b", 10)))).isNull();
    }

    @Test
    void a_pool_is_withdrawn_only_when_empty() {
        var book = book(new Resources(10, 0, 0));
        book.grant(List.of(placed("a", 0)));
        assertThat(book.grant(List.of(new Claim.CapacityWithdrawn("h")))).isEqualTo(new Reason.HostInUse(1));
        book.grant(List.of(new Claim.Displaced("a")));
        assertThat(book.grant(List.of(new Claim.CapacityWithdrawn("h")))).isNull();
        assertThat(book.grant(List.of(placed("b", 0)))).isInstanceOf(Reason.HostNotReady.class);
    }

    @Test
    void never_is_more_promised_than_there_is() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var book = book(new Resources(20, 0, 0));
        var model = new HashMap<String, Long>();
        for (int i = 0; i < 5_000; i++) {
            var holder = "w" + random.nextInt(12);
            long cpus = random.nextInt(9);
            var before = Map.copyOf(model);
            model.put(holder, cpus);
            boolean fits =
                    cpus == 0 || model.values().stream().mapToLong(v -> v).sum() <= 20;
            if (!fits) {
                model.clear();
                model.putAll(before);
            }
            assertThat(book.grant(List.of(placed(holder, cpus))) == null)
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(fits);
            long sum = model.values().stream().mapToLong(v -> v).sum();
            assertThat(book.pool("h"))
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(
                            new ClaimBook.Pool(true, new Resources(20, 0, 0), new Resources(sum, 0, 0), model.size()));
        }
    }
}
