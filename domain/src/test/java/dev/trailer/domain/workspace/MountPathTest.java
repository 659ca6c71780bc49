package dev.trailer.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a volume may appear inside a container. */
class MountPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data",
                "/home/dev",
                "/home/dev/.cache",
                "/workspace",
                "/root",
                "/var/lib/postgresql",
                "/var/cache",
                "/opt/tool",
                "/srv/www",
                "/tmp/x",
                "/mnt/a",
                "/media/a",
                "/usr/local/bin",
                "/usr/local/share/x",
                "/a",
                "/a_b",
                "/a-b",
                "/a+b",
                "/a@b",
                "/A.B/c",
                "/...",
                "/.ssh",
                "/..a",
                "/a..",
                "/library",
                "/device",
                "/etcetera",
                "/binary",
                "/usrlocal",
                "/runner",
                "/system",
                "/proc2",
                "/var/running",
                "/data/etc/bin"
            })
    void plain_absolute_paths_outside_the_system_are_fine(String value) {
        assertThat(new MountPath(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "home/dev", "./data", "../data", "~/data", " /data", "C:/data", "\\data"})
    void relative_paths_are_refused(String value) {
        refuses(value, "absolute");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/",
                "//data",
                "/data//x",
                "//",
                "/da ta",
                "/data\n",
                "/data\0",
                "/dä",
                "/a:b",
                "/a:ro",
                "/a,b",
                "/a\\b",
                "/a*",
                "/$HOME",
                "/a;b",
                "/a|b",
                "/a=b",
                "/a'b",
                "/a\"b",
                "/a%2e",
                "/a/\t"
            })
    void other_characters_and_empty_segments_are_refused(String value) {
        refuses(value, "letters, digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.",
                "/..",
                "/./data",
                "/../data",
                "/data/.",
                "/data/..",
                "/data/./x",
                "/data/../etc",
                "/usr/local/../bin",
                "/usr/local/..",
                "/home/dev/../../etc"
            })
    void dot_segments_are_refused(String value) {
        refuses(value, ". or ..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/bin",
                "/bin/x",
                "/boot",
                "/dev",
                "/dev/shm",
                "/etc",
                "/etc/ssl",
                "/home",
                "/lib",
                "/lib/x",
                "/lib32",
                "/lib64",
                "/lib64/x",
                "/libx32",
                "/media",
                "/mnt",
                "/opt",
                "/proc",
                "/proc/1",
                "/run",
                "/run/docker.sock",
                "/sbin",
                "/sbin/x",
                "/srv",
                "/sys",
                "/sys/fs/cgroup",
                "/tmp",
                "/usr",
                "/usr/bin",
                "/usr/lib/x",
                "/usr/local",
                "/usr/share",
                "/var",
                "/var/lib",
                "/var/run",
                "/var/run/docker.sock"
            })
    void what_the_system_needs_is_refused(String value) {
        refuses(value, "system directory");
    }

    @Test
    void a_path_may_have_200_characters_and_no_more() {
        var longest = "/" + "a".repeat(MountPath.MAX_LENGTH - 1);
        assertThatCode(() -> new MountPath(longest)).doesNotThrowAnyException();
        refuses(longest + "a", "200 characters");
        assertThatCode(() -> new MountPath("/a".repeat(MountPath.MAX_LENGTH / 2)))
                .doesNotThrowAnyException();
    }

    private static void refuses(String value, String because) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MountPath(value))
                .withMessageContaining(because);
    }
}
