package dev.trailer.agent.service.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.Transfer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealTest {
    private static byte[] sealed(byte[] content) throws IOException {
        return new SealingStream(new ByteArrayInputStream(content)).readAllBytes();
    }

    private static byte[] unsealed(byte[] sealed) throws IOException {
        return new UnsealingStream(new ByteArrayInputStream(sealed)).readAllBytes();
    }

    @Test
    void what_was_sealed_arrives_as_it_was_of_any_length() throws IOException {
        var random = new Random(3);
        for (int length : new int[] {0, 1, 31, 32, 33, 65_535, 65_536, 65_568, 200_000}) {
            var content = new byte[length];
            random.nextBytes(content);
            var sealed = sealed(content);
            assertThat(sealed).hasSize(length + Transfer.SEAL_BYTES);
            assertThat(unsealed(sealed)).isEqualTo(content);
        }
    }

    @Test
    void both_ends_know_the_same_checksum() throws IOException {
        var sealing = new SealingStream(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        var unsealing = new UnsealingStream(new ByteArrayInputStream(sealing.readAllBytes()));
        unsealing.readAllBytes();
        assertThat(unsealing.sha256()).hasSize(64).isEqualTo(sealing.sha256());
        assertThat(unsealing.bytes()).isEqualTo(3).isEqualTo(sealing.bytes());
    }

    @Test
    void what_was_cut_or_changed_is_told_at_its_end() throws IOException {
        var sealed = sealed(new byte[100]);
        for (int length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> unsealed(cut)).hasMessageContaining("checksum");
        }
        for (int at = 0; at < sealed.length; at++) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> unsealed(changed)).hasMessageContaining("checksum");
        }
    }
}
