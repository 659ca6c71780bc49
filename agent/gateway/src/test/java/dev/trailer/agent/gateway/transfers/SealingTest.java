package dev.trailer.agent.gateway.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.Transfer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

class SealingTest {
    private static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();

    private static Flux<DataBuffer> pieces(byte[] bytes, long seed) {
        var random = new Random(seed);
        List<DataBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(70));
            pieces.add(BUFFERS.wrap(Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
        }
        return Flux.fromIterable(pieces);
    }

    private static byte[] joined(Flux<DataBuffer> pieces) {
        var out = new ByteArrayOutputStream();
        pieces.toIterable().forEach(piece -> {
            var bytes = new byte[piece.readableByteCount()];
            piece.read(bytes);
            out.writeBytes(bytes);
        });
        return out.toByteArray();
    }

    @Test
    void what_was_sealed_comes_out_as_it_was_in_whatever_pieces() {
        var random = new Random(5);
        for (int length : new int[] {0, 1, 31, 32, 33, 64, 5_000}) {
            var content = new byte[length];
            random.nextBytes(content);
            var sealing = new Sealing();
            var sealed = joined(sealing.seal(pieces(content, length), BUFFERS, length));
            assertThat(sealed).hasSize(length + Transfer.SEAL_BYTES);
            var unsealing = new Sealing();
            assertThat(joined(unsealing.unseal(pieces(sealed, length + 1), BUFFERS)))
                    .isEqualTo(content);
            assertThat(unsealing.sha256()).isEqualTo(sealing.sha256()).hasSize(64);
        }
    }

    @Test
    void what_was_cut_or_changed_ends_with_an_error() {
        var sealed = joined(new Sealing().seal(pieces(new byte[80], 1), BUFFERS, 80));
        for (int at = 0; at < sealed.length; at++) {
            var cut = Arrays.copyOf(sealed, at);
            assertThatThrownBy(() -> joined(new Sealing().unseal(pieces(cut, 2), BUFFERS)))
                    .hasMessageContaining("checksum");
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> joined(new Sealing().unseal(pieces(changed, 3), BUFFERS)))
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void what_is_more_than_may_be_sent_ends_with_an_error() {
        assertThatThrownBy(() -> joined(new Sealing().seal(pieces(new byte[80], 1), BUFFERS, 79)))
                .hasMessageContaining("79");
    }
}
