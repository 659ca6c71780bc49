package dev.trailer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HashChainTest {
    private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final HashChain hashes = new HashChain();

    private byte[] leaf(long position, String aggregateId, long sequence, String type, byte[] digest) {
        return hashes.leaf(position, ID, "workspace", aggregateId, sequence, type, 1, AT, digest);
    }

    @Test
    void the_same_row_has_the_same_leaf() {
        var digest = hashes.digest(new byte[16], new byte[] {1}, new byte[] {2});
        assertThat(leaf(1, "a", 0, "t", digest)).isEqualTo(leaf(1, "a", 0, "t", digest));
    }

    @Test
    void every_column_moves_the_leaf() {
        var digest = hashes.digest(new byte[16], new byte[] {1}, new byte[] {2});
        var leaf = leaf(1, "a", 0, "t", digest);
        assertThat(leaf(2, "a", 0, "t", digest)).isNotEqualTo(leaf);
        assertThat(leaf(1, "b", 0, "t", digest)).isNotEqualTo(leaf);
        assertThat(leaf(1, "a", 1, "t", digest)).isNotEqualTo(leaf);
        assertThat(leaf(1, "a", 0, "u", digest)).isNotEqualTo(leaf);
        assertThat(leaf(1, "a", 0, "t", hashes.digest(new byte[16], new byte[] {1}, new byte[] {3})))
                .isNotEqualTo(leaf);
    }

    @Test
    void bytes_cannot_move_from_one_part_to_the_next() {
        assertThat(hashes.digest(new byte[16], new byte[] {1, 2}, new byte[] {3}))
                .isNotEqualTo(hashes.digest(new byte[16], new byte[] {1}, new byte[] {2, 3}));
    }

    @Test
    void the_chain_depends_on_what_came_before() {
        var leaf = leaf(1, "a", 0, "t", new byte[32]);
        var other = new byte[32];
        other[0] = 1;
        assertThat(hashes.chain(new byte[32], leaf)).isNotEqualTo(hashes.chain(other, leaf));
    }
}
