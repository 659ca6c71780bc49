package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "pull https://ann:s3cret@hub.example/x failed,  pull https://***@hub.example/x failed",
        "git+ssh://git@host/x,                          git+ssh://***@host/x",
        "http://a:p@ss@host:5000/v2/,                   http://***@host:5000/v2/",
        "https://one:1@a/ and https://two:2@b/,         https://***@a/ and https://***@b/",
        "https://host/path@v1 stays,                    https://host/path@v1 stays",
        "mail me at a@b.c,                              mail me at a@b.c",
    })
    void names_and_passwords_in_urls_are_left_out(String raw, String kept) {
        assertThat(Texts.detail(raw)).isEqualTo(kept);
    }

    @Test
    void a_secret_at_the_cut_is_left_out_too() {
        var raw = "x".repeat(Cause.StepFailed.MAX_DETAIL_LENGTH - 15) + " https://user:password@host/";
        assertThat(Texts.detail(raw)).doesNotContain("pass").hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void what_a_database_or_a_terminal_would_not_take_is_left_out() {
        assertThat(Texts.detail("a\0b\u001b[31mc\nd")).isEqualTo("ab[31mc\nd");
        assertThat(Texts.detail("lone \ud800 half")).isEqualTo("lone \uFFFD half");
    }

    @Test
    void a_cut_leaves_no_half_character() {
        var raw = "x".repeat(Cause.StepFailed.MAX_DETAIL_LENGTH - 1) + "\uD83D\uDE00";
        assertThat(Texts.detail(raw)).isEqualTo("x".repeat(Cause.StepFailed.MAX_DETAIL_LENGTH - 1));
    }

    @Test
    void a_word_is_one_short_line() {
        assertThat(Texts.word(" 28.1\n" + "9".repeat(1_000)))
                .doesNotContain("\n")
                .hasSizeLessThanOrEqualTo(200);
    }
}
