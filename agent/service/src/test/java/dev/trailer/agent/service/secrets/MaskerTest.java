package dev.trailer.agent.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskerTest {
    private static final String TOKEN = "ghp_s3cr3t/m4rker+x";
    private static final String KEY = "-----BEGIN KEY-----\nAAAAB3NzaC1yc2E\nxyz\n-----END KEY-----\n";

    private static Masker of(String... secrets) {
        return Masker.of(Arrays.stream(secrets)
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @Test
    void a_secret_is_masked_wherever_it_stands() {
        assertThat(of(TOKEN).mask(TOKEN + " and " + TOKEN + TOKEN)).isEqualTo("*** and ******");
        assertThat(of(TOKEN).mask("nothing of it: ghp_s3cr3t")).isEqualTo("nothing of it: ghp_s3cr3t");
        assertThat(Masker.NOTHING.mask(TOKEN)).isEqualTo(TOKEN);
    }

    @Test
    void so_are_its_lines_its_password_and_other_ways_to_write_it() {
        assertThat(of(KEY).mask("bad line AAAAB3NzaC1yc2E in the key")).isEqualTo("bad line *** in the key");
        assertThat(of("somebody:" + TOKEN).mask("login with " + TOKEN)).isEqualTo("login with ***");
        assertThat(of(TOKEN).mask("https://x:ghp_s3cr3t%2Fm4rker%2Bx@host")).isEqualTo("https://x:***@host");
        assertThat(of("somebody:pa55word").mask("Authorization: Basic c29tZWJvZHk6cGE1NXdvcmQ="))
                .isEqualTo("Authorization: Basic ***=");
    }

    @Test
    void one_that_is_shorter_than_six_characters_is_not_looked_for() {
        assertThat(of("the", "12345").mask("the number 12345")).isEqualTo("the number 12345");
        assertThat(of("123456").mask("the number 123456")).isEqualTo("the number ***");
    }

    @Test
    void of_two_of_which_one_begins_the_other_the_longer_is_masked_whole() {
        assertThat(of("password", "password-of-root").mask("password-of-root password"))
                .isEqualTo("*** ***");
    }

    @Test
    void in_pieces_it_is_masked_wherever_they_are_cut() {
        long seed = Long.getLong("trailer.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var masker = of("aabaab", "aabaabaac", "bcabca");
            var text = new StringBuilder();
            random.ints(random.nextInt(60), 0, 3).forEach(c -> text.append((char) ('a' + c)));
            var out = new StringBuilder();
            var pieces = masker.pieces(out::append);
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(8));
                pieces.take(text.substring(at, end));
                at = end;
            }
            pieces.end();
            assertThat(out.toString()).as("seed %s: %s", seed, text).isEqualTo(masker.mask(text.toString()));
            for (String secret : List.of("aabaab", "aabaabaac", "bcabca")) {
                assertThat(out).as("seed %s: %s", seed, text).doesNotContain(secret);
            }
        }
    }

    @Test
    void no_more_is_held_back_than_may_be_the_beginning_of_a_secret() {
        var out = new StringBuilder();
        var pieces = of(TOKEN).pieces(out::append);
        pieces.take("plain words, ghp_");
        assertThat(out).hasToString("plain words, ");
        pieces.take("else");
        assertThat(out).hasToString("plain words, ghp_else");
    }

    @Test
    void what_is_forgotten_is_not_masked_any_more() {
        var masks = new Masks();
        masks.learn("w-1", List.of(TOKEN.getBytes(StandardCharsets.UTF_8)));
        assertThat(masks.mask(TOKEN)).isEqualTo("***");
        masks.keepOnly(List.of("w-2"));
        assertThat(masks.mask(TOKEN)).isEqualTo(TOKEN);
    }
}
