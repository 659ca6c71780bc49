package dev.trailer.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example/team/api.git, api",
        "https://git.example/api, api",
        "http://10.0.0.1:3000/a/b/c.d.git/, c.d",
        "https://[2001:db8::1]:8443/team/My_Repo, My_Repo"
    })
    void a_repository_is_cloned_into_a_directory_of_its_name(String url, String directory) {
        assertThat(new GitSource(url, null, null).directory()).isEqualTo(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "git.example/api",
                "ssh://git.example/api.git",
                "git@git.example:api.git",
                "file:///etc/passwd",
                "ext::sh -c true",
                "https://git.example",
                "https://git.example/",
                "https://user:password@git.example/api.git",
                "https://token@git.example/api.git",
                "https://git.example/..",
                "https://git.example/.git",
                "https://git.example/api.git?token=x",
                "https://git.example/api.git#x",
                "https://git.example/a b",
                "https://git.example/api\n",
                "--upload-pack=x",
            })
    void what_is_no_plain_url_of_a_repository_is_refused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitSource(url, null, null));
    }

    @Test
    void credentials_in_a_refused_url_are_not_repeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GitSource("https://user:p4ssword@git.example/api.git", null, null))
                .withMessageContaining("name a secret instead")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("p4ssword"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-main", "--force", "a..b", "a b", "main\n", "a:b", "~1"})
    void a_ref_that_git_could_take_for_something_else_is_refused(String ref) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitSource("https://git.example/api.git", ref, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "release/1.2", "v1.0+build", "0123456789abcdef0123456789abcdef01234567"})
    void a_branch_a_tag_or_a_commit_is_a_ref(String ref) {
        assertThat(new GitSource("https://git.example/api.git", ref, null).ref())
                .isEqualTo(ref);
    }
}
