package dev.trailer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {
    @Test
    void a_token_tells_its_kind_and_carries_32_random_bytes() {
        assertThat(Token.fresh(Token.API_PREFIX))
                .matches("trl_[A-Za-z0-9_-]{43}")
                .hasSizeLessThan(Token.MAX_LENGTH);
        assertThat(Token.fresh(Token.API_PREFIX)).isNotEqualTo(Token.fresh(Token.API_PREFIX));
    }

    @Test
    void only_its_sha_256_is_kept() {
        assertThat(Token.hash("abc"))
                .asHexString()
                .isEqualToIgnoringCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
