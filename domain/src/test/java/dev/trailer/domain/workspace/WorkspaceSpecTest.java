package dev.trailer.domain.workspace;

import static dev.trailer.domain.workspace.Workspaces.SPEC;
import static dev.trailer.domain.workspace.Workspaces.app;
import static dev.trailer.domain.workspace.Workspaces.env;
import static dev.trailer.domain.workspace.Workspaces.mount;
import static dev.trailer.domain.workspace.Workspaces.spec;
import static dev.trailer.domain.workspace.Workspaces.withApps;
import static dev.trailer.domain.workspace.Workspaces.withAutoStop;
import static dev.trailer.domain.workspace.Workspaces.withEnv;
import static dev.trailer.domain.workspace.Workspaces.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.domain.Resources;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.secret.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workspace may be asked to be. */
class WorkspaceSpecTest {
    private static void accepts(ThrowingCallable make) {
        assertThatCode(make).doesNotThrowAnyException();
    }

    private static void refuses(ThrowingCallable make) {
        assertThatIllegalArgumentException().isThrownBy(make);
    }

    @Nested
    class Computing_power {
        @ParameterizedTest
        @CsvSource({
            "10, 16777216, 0",
            "1024000, 70368744177664, 64",
            "1500, 1073741824, 1",
        })
        void within_the_bounds_is_fine(long cpuMillis, long memoryBytes, int gpus) {
            accepts(() -> spec("api", new Resources(cpuMillis, memoryBytes, gpus)));
        }

        @ParameterizedTest
        @CsvSource({
            "0, 16777216, 0, CPUs",
            "9, 16777216, 0, CPUs",
            "1024001, 16777216, 0, CPUs",
            "1000, 0, 0, memory",
            "1000, 16777215, 0, memory",
            "1000, 70368744177665, 0, memory",
            "1000, 16777216, 65, GPUs",
        })
        void outside_the_bounds_is_refused_by_name(long cpuMillis, long memoryBytes, int gpus, String what) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spec("api", new Resources(cpuMillis, memoryBytes, gpus)))
                    .withMessageContaining(what);
        }
    }

    @Nested
    class Environment {
        @ParameterizedTest
        @ValueSource(strings = {"A", "_", "a", "LANG", "_x1", "a_b_C9", "HTTP_PROXY", "__"})
        void posix_names_are_fine(String name) {
            accepts(() -> withEnv(env(Map.of(name, "1"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", " ", "1", "1A", "A=B", "A B", "A-B", "A.B", "A\n", "\0", "Ä", "A\0B", "$A", "=", "A٣"})
        void other_names_are_refused(String name) {
            refuses(() -> withEnv(env(Map.of(name, "1"))));
        }

        @Test
        void a_name_may_have_128_characters_and_no_more() {
            accepts(() -> withEnv(env(Map.of("A".repeat(128), ""))));
            refuses(() -> withEnv(env(Map.of("A".repeat(129), ""))));
        }

        @Test
        void a_value_may_have_lines_and_any_letter_but_no_nul() {
            accepts(() -> withEnv(env(Map.of("A", "line\nline\t=ß✓"))));
            refuses(() -> withEnv(env(Map.of("A", "a\0b"))));
        }

        @Test
        void a_value_may_have_32768_characters_and_no_more() {
            accepts(() -> withEnv(env(Map.of("A", "x".repeat(32_768)))));
            refuses(() -> withEnv(env(Map.of("A", "x".repeat(32_769)))));
        }

        @Test
        void a_hundred_entries_are_the_most() {
            var entries = env(Map.of());
            IntStream.range(0, WorkspaceSpec.MAX_ENV).forEach(i -> entries.put("V" + i, ""));
            accepts(() -> withEnv(entries));
            entries.put("ONE_MORE", "");
            refuses(() -> withEnv(entries));
        }

        @Test
        void keeps_its_order_and_cannot_be_changed_from_outside() {
            var entries = env(Map.of());
            entries.put("Z", "1");
            entries.put("A", "2");
            var spec = withEnv(entries);
            entries.put("LATER", "3");
            assertThat(spec.env().keySet()).containsExactly("Z", "A");
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> spec.env().put("B", "3"));
        }
    }

    @Nested
    class Volumes_of_a_workspace {
        @Test
        void are_unique_by_name_path_and_id() {
            accepts(() -> withVolumes(mount(1, "home", "/home/dev"), mount(2, "data", "/data")));
            refuses(() -> withVolumes(mount(1, "home", "/home/dev"), mount(2, "home", "/data")));
            refuses(() -> withVolumes(mount(1, "home", "/data"), mount(2, "data", "/data")));
            refuses(() -> withVolumes(mount(1, "home", "/home/dev"), mount(1, "data", "/data")));
        }

        @Test
        void may_be_one_inside_the_other() {
            accepts(() -> withVolumes(mount(1, "home", "/home/dev"), mount(2, "cache", "/home/dev/.cache")));
        }

        @Test
        void are_twenty_at_most() {
            var mounts = IntStream.range(0, WorkspaceSpec.MAX_VOLUMES)
                    .mapToObj(i -> mount(i, "vol-" + i, "/vol/" + i))
                    .toArray(VolumeMount[]::new);
            accepts(() -> withVolumes(mounts));
            var more = new ArrayList<>(List.of(mounts));
            more.add(mount(99, "vol-99", "/vol/99"));
            refuses(() -> withVolumes(more.toArray(VolumeMount[]::new)));
        }
    }

    @Nested
    class Apps {
        @ParameterizedTest
        @ValueSource(ints = {1, 22, 80, 8080, 65_535})
        void have_a_port_that_tcp_has(int port) {
            accepts(() -> app("web", port));
        }

        @ParameterizedTest
        @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
        void have_no_other_port(int port) {
            refuses(() -> app("web", port));
        }

        @Test
        void are_unique_by_name_though_two_may_share_a_port() {
            accepts(() -> withApps(app("web", 8080), app("admin", 8080)));
            refuses(() -> withApps(app("web", 8080), app("web", 9090)));
        }

        @Test
        void may_be_named_as_a_volume_is() {
            accepts(() -> withApps(app("home", 8080)));
        }

        @Test
        void are_twenty_at_most() {
            var apps = IntStream.rangeClosed(0, WorkspaceSpec.MAX_APPS)
                    .mapToObj(i -> app("app-" + i, 8000 + i))
                    .toList();
            accepts(() -> withApps(apps.subList(0, WorkspaceSpec.MAX_APPS).toArray(App[]::new)));
            refuses(() -> withApps(apps.toArray(App[]::new)));
        }
    }

    @Nested
    class Auto_stop {
        @Test
        void is_never_or_from_a_minute_to_a_year() {
            accepts(() -> withAutoStop(null));
            accepts(() -> withAutoStop(Duration.ofMinutes(1)));
            accepts(() -> withAutoStop(Duration.ofDays(365)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT59.999999999S", "PT-1H", "P365DT0.000000001S", "PT99999999999H"})
        void is_nothing_else(String duration) {
            refuses(() -> withAutoStop(Duration.parse(duration)));
        }
    }

    @Test
    void lists_cannot_be_changed_from_outside() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> SPEC.volumes().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> SPEC.apps().clear());
    }

    @Nested
    class Secrets_and_a_repository {
        private static final GitSource GIT = new GitSource("https://git.example/api.git", "main", Secrets.REF);

        private static WorkspaceSpec with(
                List<SecretRef> files,
                Map<String, SecretRef> variables,
                List<VolumeMount> volumes,
                @Nullable GitSource git) {
            return new WorkspaceSpec(
                    SPEC.name(),
                    SPEC.resources(),
                    env(Map.of("TAKEN", "1")),
                    volumes,
                    List.of(),
                    null,
                    files,
                    new LinkedHashMap<>(variables),
                    git);
        }

        private static SecretRef another(int n) {
            return new SecretRef(
                    new SecretId("00000000-0000-4000-8000-00000000f%03x".formatted(n)), new SecretName("secret-" + n));
        }

        @Test
        void are_named_once_each_whatever_for() {
            var spec = with(List.of(Secrets.REF), Map.of("TOKEN", Secrets.REF), List.of(mount()), GIT);
            assertThat(spec.namedSecrets()).containsExactly(Secrets.REF);
            assertThat(spec.gitPath()).isEqualTo(mount().mountPath() + "/api");
        }

        @Test
        void need_what_they_go_into_and_nothing_that_is_there_already() {
            refuses(() -> with(List.of(), Map.of(), List.of(), GIT));
            refuses(() -> with(List.of(), Map.of("TAKEN", Secrets.REF), List.of(), null));
            refuses(() -> with(List.of(), Map.of("no name", Secrets.REF), List.of(), null));
            refuses(() -> with(List.of(Secrets.REF, Secrets.REF), Map.of(), List.of(), null));
        }

        @Test
        void are_twenty_at_most() {
            var twenty = IntStream.range(2, 22).mapToObj(n -> another(n)).toList();
            accepts(() -> with(twenty, Map.of(), List.of(), null));
            refuses(() -> with(twenty, Map.of("TOKEN", Secrets.REF), List.of(), null));
        }

        @Test
        void make_a_new_container_where_the_container_holds_them_and_a_repository_never_does() {
            var plain = with(List.of(), Map.of(), List.of(mount()), null);
            assertThat(plain.needsNewContainerFor(with(List.of(Secrets.REF), Map.of(), List.of(mount()), null)))
                    .isTrue();
            assertThat(plain.needsNewContainerFor(with(List.of(), Map.of("T", Secrets.REF), List.of(mount()), null)))
                    .isTrue();
            assertThat(plain.needsNewContainerFor(with(List.of(), Map.of(), List.of(mount()), GIT)))
                    .isFalse();
        }
    }
}
