package dev.trailer.domain.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.domain.Seeds;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of names: what becomes part of {@code app--workspace--owner}. */
class NamesTest {
    /** @param make the constructor, answering what the name reads as */
    record Kind(String what, int maxLength, Function<String, String> make) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Kind> kinds() {
        return List.of(
                new Kind("app", 15, value -> new AppName(value).toString()),
                new Kind("handle", 20, value -> new Handle(value).toString()),
                new Kind("workspace", 24, value -> new WorkspaceName(value).toString()),
                new Kind("volume", 32, value -> new VolumeName(value).toString()),
                new Kind("image", 40, value -> new ImageName(value).toString()),
                new Kind("host", 40, value -> new HostName(value).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "a1",
                "a-b",
                "a-1",
                "api",
                "api-2",
                "a-b-c-d-e",
                "x0",
                "web-app-1",
                "z9-z9",
                "a0b1c2",
                "postgres"
            })
    void labels_of_letters_digits_and_single_hyphens_are_names(String value) {
        for (var kind : kinds()) {
            assertThat(kind.make().apply(value)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "A",
                "-",
                "1",
                "ab ",
                " ab",
                "ab\n",
                "\nab",
                "a\nb",
                "1a",
                "-ab",
                "ab-",
                "a--b",
                "a---b",
                "ab--",
                "--ab",
                "aB",
                "AB",
                "a_b",
                "a.b",
                "a/b",
                "a:b",
                "a@b",
                "a b",
                "a\tb",
                "a\0b",
                "ä1",
                "añb",
                "ab²",
                "xn--ab",
                "a٣",
                "аb",
                "a\u200bb",
                "a'b",
                "a\"b",
                "$ab",
                "a$b",
                "../a",
                "a%2d"
            })
    void everything_else_is_refused(String value) {
        for (var kind : kinds()) {
            assertThatIllegalArgumentException().as(kind.what()).isThrownBy(() -> kind.make()
                    .apply(value));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_name_may_be_as_long_as_its_kind_allows_and_no_longer(Kind kind) {
        var longest = "a".repeat(kind.maxLength());
        assertThatCode(() -> kind.make().apply(longest)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply(longest + "a"))
                .withMessageContaining("2 to " + kind.maxLength() + " characters");
        assertThatIllegalArgumentException().isThrownBy(() -> kind.make().apply("a".repeat(1_000_000)));
    }

    @Test
    void the_limits_are_those_that_the_types_publish() {
        assertThat(List.of(
                        AppName.MAX_LENGTH,
                        Handle.MAX_LENGTH,
                        WorkspaceName.MAX_LENGTH,
                        VolumeName.MAX_LENGTH,
                        ImageName.MAX_LENGTH,
                        HostName.MAX_LENGTH))
                .isEqualTo(kinds().stream().map(Kind::maxLength).toList());
    }

    @Test
    void the_longest_names_together_make_a_dns_label() {
        var label = "a".repeat(AppName.MAX_LENGTH)
                + "--"
                + "b".repeat(WorkspaceName.MAX_LENGTH)
                + "--"
                + "c".repeat(Handle.MAX_LENGTH);
        assertThat(label).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void three_names_joined_can_be_taken_apart_again() {
        Seeds.forEach(random -> {
            var parts = List.of(anyName(random, 15), anyName(random, 24), anyName(random, 20));
            new AppName(parts.get(0));
            new WorkspaceName(parts.get(1));
            new Handle(parts.get(2));
            assertThat(String.join("--", parts).split("--")).containsExactlyElementsOf(parts);
        });
    }

    /** By construction: a letter, then letters and digits with a hyphen now and then, never at the end or twice. */
    private static String anyName(Random random, int maxLength) {
        int length = 2 + random.nextInt(maxLength - 1);
        var name = new StringBuilder().append((char) ('a' + random.nextInt(26)));
        while (name.length() < length) {
            boolean hyphen =
                    random.nextInt(4) == 0 && name.charAt(name.length() - 1) != '-' && name.length() + 1 < length;
            name.append(hyphen ? '-' : "abcxyz0189".charAt(random.nextInt(10)));
        }
        return name.toString();
    }
}
