package dev.trailer.agent.service.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking again and again, with a program of that name that a test writes. */
class GpuWatchTest {
    private static final String H100 =
            "GPU-7c1e3f0a-95d2-4a6b-8f11-2f6f0b7f4d10, 535.161.08, 81559, 100, 97, 61, 612.43, Disabled, NVIDIA H100";
    /** Long enough for a shell on a busy machine. */
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final Path directory;
    private final AtomicInteger changes = new AtomicInteger();

    GpuWatchTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private GpuWatch watch(Duration limit) {
        return new GpuWatch(new NvidiaSmi("/nowhere:" + directory, limit), changes::incrementAndGet);
    }

    /** At once, as nothing may run half a program. */
    private void program(String... lines) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, directory.resolve("nvidia-smi"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static @Nullable GpuTrouble trouble(GpuWatch watch) {
        return requireNonNull(watch.known()).trouble();
    }

    @Test
    void a_machine_without_the_program_is_looked_at_seldom_and_without_starting_anything() throws Exception {
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        assertThat(watch.known()).isNull();
        assertThat(watch.take()).isEmpty();
        assertThat(watch.pause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(changes).hasValue(0);
        program("echo '" + H100 + "'");
        watch.look();
        assertThat(requireNonNull(watch.known()).devices())
                .as("a driver was installed")
                .hasSize(1);
        assertThat(changes).hasValue(1);
    }

    @Test
    void figures_are_taken_once_and_are_no_change() throws Exception {
        program("echo '" + H100 + "'");
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        program("echo '" + H100.replace(" 97,", " 12,") + "'");
        watch.look();
        assertThat(changes).hasValue(1);
        assertThat(watch.take()).extracting(GpuUsage::busyPercent).containsExactly(12.0);
        assertThat(watch.take()).isEmpty();
        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void one_look_that_fails_is_a_hiccup_two_are_told_and_it_is_asked_ever_more_seldom() throws Exception {
        program("echo '" + H100 + "'");
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        HostGpus before = watch.known();
        program("echo it could not; exit 9");
        watch.look();
        assertThat(watch.known()).isEqualTo(before);
        watch.look();
        assertThat(trouble(watch)).isEqualTo(GpuTrouble.DRIVER_FAILED);
        assertThat(watch.take()).isEmpty();
        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(30));
        watch.look();
        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(60));
        assertThat(changes).as("each state is told once").hasValue(2);
        program("echo '" + H100 + "'");
        watch.look();
        assertThat(watch.known()).isEqualTo(before);
        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void what_fails_at_the_first_look_is_told_at_once() throws Exception {
        program("echo it could not; exit 9");
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        assertThat(trouble(watch)).isEqualTo(GpuTrouble.DRIVER_FAILED);
    }

    @Test
    void one_that_hangs_is_killed_with_its_children() throws Exception {
        Path pids = directory.resolve("pids");
        program("sleep 600 & echo $$ $! > " + pids, "wait");
        GpuWatch watch = watch(Duration.ofSeconds(2));
        watch.look();
        assertThat(trouble(watch)).isEqualTo(GpuTrouble.TIMED_OUT);
        for (String pid : Files.readString(pids).strip().split(" ")) {
            await().atMost(GENEROUS)
                    .until(() -> ProcessHandle.of(Long.parseLong(pid)).stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void one_that_never_stops_talking_is_killed_too() throws Exception {
        program("exec yes nonsense");
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        assertThat(trouble(watch)).isEqualTo(GpuTrouble.UNREADABLE);
    }

    @Test
    void it_is_not_started_again_while_what_it_left_behind_still_holds_on() throws Exception {
        Path count = directory.resolve("count");
        Path pid = directory.resolve("pid");
        // It stays long enough to be read from: Java takes the end of a process before that for the end of its output.
        program("echo started >> " + count, "setsid sleep 600 & echo $! > " + pid, "sleep 1", "exit 0");
        GpuWatch watch = watch(Duration.ofSeconds(2));
        try {
            watch.look();
            watch.look();
            assertThat(trouble(watch)).isEqualTo(GpuTrouble.TIMED_OUT);
            assertThat(Files.readAllLines(count)).hasSize(1);
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        await().atMost(GENEROUS).until(() -> {
            watch.look();
            return Files.readAllLines(count).size() > 1;
        });
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void an_old_driver_is_asked_twice() throws Exception {
        program(
                "case \"$1\" in *mig*) echo 'Field \"mig.mode.current\" is not a valid field to query.'; exit 2;; esac",
                "echo '" + H100.replace(" Disabled,", "") + "'");
        GpuWatch watch = watch(GENEROUS);
        watch.look();
        assertThat(requireNonNull(watch.known()).devices()).hasSize(1);
        assertThat(trouble(watch)).isNull();
    }
}
