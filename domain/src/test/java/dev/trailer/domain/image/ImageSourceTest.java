package dev.trailer.domain.image;

import static dev.trailer.domain.image.Images.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.domain.image.ImageSource.Dockerfile;
import dev.trailer.domain.image.ImageSource.Reference;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image may be made from. */
class ImageSourceTest {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @Nested
    class A_reference {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "postgres",
                    "postgres:18",
                    "postgres:18.1-alpine",
                    "library/postgres",
                    "trailer/base:1",
                    "ghcr.io/acme/tool:v1.2.3",
                    "localhost/x",
                    "localhost:5000/x",
                    "registry.example.com:5000/a/b/c:tag",
                    "a/b_c",
                    "a/b__c",
                    "a/b-c",
                    "a/b.c",
                    "x:Latest",
                    "x:_1",
                    "127.0.0.1:5000/img",
                    "a.b/c-d.e_f:1"
                })
        void to_a_registry_name_and_tag_is_fine(String reference) {
            assertThat(new Reference(reference).reference()).isEqualTo(reference);
            assertThatCode(() -> new Reference(reference + DIGEST)).doesNotThrowAnyException();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "user@registry.example.com/x",
                    "user:secret@registry.example.com/x",
                    "user:secret@host/x:1",
                    ":secret@host/x",
                    "user:@host/x",
                    "@host/x",
                    "user:12345@host/x",
                    "token@ghcr.io/acme/tool",
                    "a/user:secret@host/x",
                    "https://user:secret@host/x"
                })
        void with_a_user_or_password_is_refused_without_repeating_it(String reference) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Reference(reference))
                    .withMessageContaining("without user or password")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    ":",
                    "/",
                    "@",
                    "postgres ",
                    " postgres",
                    "post gres",
                    "postgres\n",
                    "Postgres",
                    "a/B",
                    "/postgres",
                    "postgres/",
                    "a//b",
                    "postgres:",
                    "postgres:-1",
                    "postgres:.1",
                    "postgres:a/b:c:",
                    "https://docker.io/postgres",
                    "docker.io:/x",
                    "-a",
                    "a-",
                    "_a",
                    "a/_b",
                    "a/b_",
                    "a@sha256:",
                    "a@sha256:0123",
                    "a@md5:0123456789abcdef0123456789abcdef",
                    "../a",
                    "a/../b",
                    "a;b",
                    "a$b",
                    "ä",
                    "a?b",
                    "a#b",
                    "--privileged",
                    "a\0b"
                })
        void of_another_form_is_refused(String reference) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Reference(reference));
        }

        @ParameterizedTest
        @ValueSource(strings = {"postgres:18:latest", "postgres:18:18", "host.example.com:5000:tag"})
        void with_two_tags_is_refused_since_a_port_needs_a_name_behind_it(String reference) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Reference(reference));
        }

        @Test
        void may_have_255_characters_and_no_more() {
            var longest = "a".repeat(Reference.MAX_LENGTH);
            assertThatCode(() -> new Reference(longest)).doesNotThrowAnyException();
            assertThatIllegalArgumentException().isThrownBy(() -> new Reference(longest + "a"));
        }

        @Test
        void may_have_a_tag_of_128_characters_and_no_more() {
            assertThatCode(() -> new Reference("a:" + "t".repeat(128))).doesNotThrowAnyException();
            assertThatIllegalArgumentException().isThrownBy(() -> new Reference("a:" + "t".repeat(129)));
        }
    }

    @Nested
    class A_dockerfile {
        private final SequencedMap<String, String> none = new LinkedHashMap<>();

        private void refuses(String text, SequencedMap<String, String> files, SequencedMap<String, String> buildArgs) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Dockerfile(text, files, buildArgs, null));
        }

        private static SequencedMap<String, String> entries(int count) {
            var entries = new LinkedHashMap<String, String>();
            for (int i = 0; i < count; i++) {
                entries.put("entry-" + i, "text");
            }
            return entries;
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\n\n\t"})
        void that_is_blank_is_refused(String text) {
            refuses(text, none, none);
        }

        @Test
        void keeps_the_order_of_files_and_cannot_be_changed_from_outside() {
            var files = entries(2);
            var source = new Dockerfile("FROM scratch", files, files, Images.version(1));
            files.put("later", "");
            assertThat(source.files().keySet()).containsExactly("entry-0", "entry-1");
            assertThat(source.buildArgs()).hasSize(2);
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> source.files().clear());
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> source.buildArgs().clear());
        }

        @Test
        void as_large_as_the_limits_is_fine() {
            assertThatCode(() -> dockerfile("x".repeat(ImageSource.MAX_LENGTH))).doesNotThrowAnyException();
            assertThatCode(() -> new Dockerfile(
                            "FROM scratch", entries(ImageSource.MAX_FILES), entries(ImageSource.MAX_BUILD_ARGS), null))
                    .doesNotThrowAnyException();
        }

        @Test
        void longer_than_the_limit_is_refused() {
            refuses("x".repeat(ImageSource.MAX_LENGTH + 1), none, none);
        }

        @Test
        void longer_than_the_limit_together_with_its_files_is_refused() {
            var files = new LinkedHashMap<String, String>();
            files.put("app.conf", "x".repeat(ImageSource.MAX_LENGTH / 2));
            refuses("x".repeat(ImageSource.MAX_LENGTH / 2 + 1), files, none);
        }

        @Test
        void with_too_many_files_is_refused() {
            refuses("FROM scratch", entries(ImageSource.MAX_FILES + 1), none);
        }

        @Test
        void with_too_many_build_arguments_is_refused() {
            refuses("FROM scratch", none, entries(ImageSource.MAX_BUILD_ARGS + 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../../x", "..", "a/.."})
        void with_a_file_outside_its_context_is_refused(String path) {
            var files = new LinkedHashMap<String, String>();
            files.put(path, "text");
            refuses("FROM scratch", files, none);
        }
    }
}
