package dev.trailer.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.secrets.SealingKey.Sealed;
import java.nio.charset.StandardCharsets;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {
    private static final byte[] VALUE = "s3cret of many words".getBytes(StandardCharsets.UTF_8);

    private final SealingKey key = SealingKey.fresh();

    @Test
    void what_was_sealed_opens_and_shows_nothing_of_itself() throws AEADBadTagException {
        var sealed = key.seal("secret a/1", VALUE);
        assertThat(key.open("secret a/1", sealed)).isEqualTo(VALUE);
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(sealed.bytes()).hasSize(VALUE.length + 16);
        assertThat(sealed.nonce()).hasSize(12);
    }

    @Test
    void the_same_value_never_looks_the_same() {
        assertThat(key.seal("secret a/1", VALUE).bytes())
                .isNotEqualTo(key.seal("secret a/1", VALUE).bytes());
    }

    @Test
    void what_is_put_in_anothers_place_does_not_open() {
        var sealed = key.seal("secret a/1", VALUE);
        assertThatThrownBy(() -> key.open("secret b/1", sealed)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> key.open("secret a/2", sealed)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> SealingKey.fresh().open("secret a/1", sealed)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void no_bit_of_it_can_be_changed() {
        var sealed = key.seal("secret a/1", VALUE);
        for (int i = 0; i < sealed.bytes().length; i++) {
            var changed = sealed.bytes().clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open("secret a/1", new Sealed(sealed.nonce(), changed)))
                    .isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void a_key_is_what_its_line_says() throws AEADBadTagException {
        var read = SealingKey.ofLine(key.line());
        assertThat(read.id()).isEqualTo(key.id());
        assertThat(read.open("x", key.seal("x", VALUE))).isEqualTo(VALUE);
        assertThat(key.toString()).isEqualTo("key " + key.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k1",
                "k1 c2hvcnQ=",
                "k1 not-base64!",
                "k! AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "k1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= more"
            })
    void a_line_that_is_no_key_is_refused_without_being_repeated(String line) {
        assertThatThrownBy(() -> SealingKey.ofLine(line))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("c2hvcnQ", "base64!", "AAAA");
    }
}
