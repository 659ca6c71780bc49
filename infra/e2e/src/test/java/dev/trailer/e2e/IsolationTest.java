package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What somebody in one workspace, as its root, cannot reach: other workspaces, the server, the agent, the engine, the
 * kernel, the machine. Each attempt is one that succeeds where the wall is missing; where that can be shown, it is.
 */
@EndToEnd
@Order(5)
class IsolationTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final int PORT = 8080;

    private static final String LISTEN =
            "use IO::Socket::INET; my $s = IO::Socket::INET->new(Listen => 5, LocalPort => " + PORT
                    + ", ReuseAddr => 1) or die; while (my $c = $s->accept) { print $c \"here\\n\"; close $c }";

    private final Trailer trailer;
    private Workspace mine;
    private Workspace other;

    IsolationTest(Trailer trailer) {
        this.trailer = trailer;
        mine = new Workspace(trailer.api(), "none yet");
        other = mine;
    }

    /**
     * An attempt.
     *
     * @param shell exits with 0 if it succeeded
     */
    private record Breakout(String what, String shell) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    void two_workspaces_run_side_by_side() {
        trailer.awaitBaseBuilt();
        // An engine gives root no capability at all in a container whose image names another user.
        var image = "{\"name\":\"rooted\",\"dockerfile\":\"FROM trailer/base\\nUSER root\\n\"}";
        trailer.api().post("/api/v1/images", image);
        mine = create("isolated-a", "rooted");
        other = create("isolated-b", "base");
        mine.awaitRunning();
        other.awaitRunning();
        other.exec("sh", "-c", "echo only-the-other > /data/mark");
        other.exec("sh", "-c", "setsid perl -e '" + LISTEN + "' </dev/null >/dev/null 2>&1 & sleep 1");
        Workspace.await("the other listens", () -> assertThat(reaches(other, connect("127.0.0.1", PORT)))
                .isTrue());
    }

    @AfterAll
    void they_go() {
        mine.delete("?volumes=delete");
        other.delete("?volumes=delete");
    }

    private Workspace create(String name, String image) {
        return Workspace.create(
                trailer.api(),
                Map.of(
                        "name",
                        name,
                        "image",
                        image,
                        "resources",
                        Map.of("cpus", 0.25, "memoryBytes", 96 * MEBIBYTE),
                        "volumes",
                        List.of(Map.of("name", "data", "mountPath", "/data"))));
    }

    /** A refused connection is told at once; one that is swallowed ends with the time limit. */
    private static String connect(String host, int port) {
        return "timeout 3 bash -c '</dev/tcp/%s/%d'".formatted(host, port);
    }

    private static boolean reaches(Workspace from, String shell) {
        return Engine.attempt(from.containerId(), "root", "bash", "-c", shell).status() == 0;
    }

    private void refused(Breakout breakout) {
        for (String user : List.of("dev", "")) {
            var ended = Engine.attempt(mine.containerId(), user, "bash", "-c", breakout.shell);
            assertThat(ended.status())
                    .as("%s, as %s: %s", breakout.what, user.isEmpty() ? "its user" : user, ended.said())
                    .isNotZero();
        }
    }

    private String address(Workspace workspace) {
        return network(workspace).path("IPAddress").asString();
    }

    private JsonNode network(Workspace workspace) {
        return workspace.container().path("NetworkSettings").path("Networks").path("trailer-" + workspace.id());
    }

    private int databasePort() {
        try {
            var lines = Files.readAllLines(trailer.up().data().resolve("postgres/data/postmaster.pid"));
            return Integer.parseInt(lines.get(3).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reachableFromTheHost(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 5_000);
        } catch (IOException e) {
            throw new AssertionError("not even from the host: " + host + ":" + port, e);
        }
    }

    @Test
    @Order(1)
    void another_workspace_is_not_reached_by_address_nor_by_name() {
        reachableFromTheHost(address(other), PORT);
        refused(new Breakout("by address", connect(address(other), PORT)));
        var container = other.container();
        for (String name : List.of(
                container.path("Name").asString().substring(1),
                container.path("Config").path("Hostname").asString(),
                container.path("Id").asString().substring(0, 12))) {
            refused(new Breakout("by the name " + name, "timeout 5 getent hosts " + name));
        }
        assertThat(reaches(mine, "getent hosts $(hostname)"))
                .as("its own name is known")
                .isTrue();
    }

    @Test
    @Order(2)
    void the_server_and_its_database_are_not_reached_by_any_address_of_the_host() {
        int server = trailer.base().getPort();
        int database = databasePort();
        reachableFromTheHost("127.0.0.1", server);
        reachableFromTheHost("127.0.0.1", database);
        for (String host : List.of(
                "127.0.0.1",
                network(mine).path("Gateway").asString(),
                network(other).path("Gateway").asString(),
                "172.17.0.1",
                "host.docker.internal")) {
            refused(new Breakout("the server at " + host, connect(host, server)));
            refused(new Breakout("its database at " + host, connect(host, database)));
            refused(new Breakout("the engine at " + host, connect(host, 2375)));
        }
    }

    @Test
    @Order(3)
    void nothing_of_the_agent_the_engine_or_other_workspaces_is_among_its_files() {
        var data = trailer.up().data().toAbsolutePath();
        assertThat(data.resolve("agent/credentials.json")).exists();
        refused(new Breakout("the agent's credentials", "cat " + data + "/agent/credentials.json"));
        refused(new Breakout("them through another process", "cat /proc/*/root" + data + "/agent/credentials.json"));
        refused(new Breakout("the admin's token", "cat " + data + "/admin-token"));
        refused(new Breakout("the engine's socket", "test -e /var/run/docker.sock -o -e /run/docker.sock"));
        refused(new Breakout("the engine's folder", "ls /var/lib/docker"));
        refused(new Breakout("another's volume", "grep -rqs only-the-other /data /mnt /media /srv /var/lib"));
        var own = mine.read().path("volumes").path(0).path("volume").asString();
        refused(new Breakout(
                "a volume that is not its own",
                "grep -o '/volumes/[^/ ]*' /proc/self/mountinfo | grep -v trailer-" + own));
    }

    @Test
    @Order(4)
    void processes_of_the_host_and_of_others_are_not_seen() {
        var seen = mine.exec("sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
        assertThat(seen).contains("sleep").doesNotContain("java", "postgres", "dockerd", "perl");
        refused(new Breakout(
                "a signal to the server", "kill -0 " + ProcessHandle.current().pid()));
        assertThat(mine.exec("sh", "-c", "cat /proc/1/cgroup"))
                .as("nor where it is in the host's tree")
                .doesNotContain(mine.containerId());
    }

    static Stream<Breakout> kernel() {
        return Stream.of(
                new Breakout("a node for a disk", "mknod /tmp/disk b 8 0"),
                new Breakout("a node for memory", "mknod /tmp/mem c 1 1 && head -c1 /tmp/mem"),
                new Breakout("a disk that is there", "ls /dev/sd* /dev/vd* /dev/nvme* /dev/loop* 2>/dev/null | grep ."),
                new Breakout("memory", "head -c1 /dev/mem || head -c1 /dev/kmem || test -s /proc/kcore"),
                new Breakout("the kernel's log", "dmesg || head -c1 /dev/kmsg"),
                new Breakout("a mount", "mount -t tmpfs none /mnt"),
                new Breakout("a bind mount", "mount --bind /data /mnt"),
                new Breakout("a mount of proc", "mkdir -p /tmp/p && mount -t proc proc /tmp/p"),
                new Breakout("proc made writable", "mount -o remount,rw /proc/sys"),
                new Breakout("a user namespace", "unshare --user true"),
                new Breakout("a mount namespace", "unshare --mount true"),
                new Breakout("a network namespace", "unshare --net true"),
                new Breakout("the namespaces of process 1", "nsenter --target 1 --mount --pid true"),
                new Breakout("another root", "chroot / true"),
                new Breakout("a kernel module", syscall(175, "0, 0, 0")),
                new Breakout("a kernel module from a file", syscall(313, "0, 0, 0")),
                new Breakout("a program in the kernel", syscall(321, "0, 0, 0")),
                new Breakout("another kernel", syscall(246, "0, 0, 0, 0")),
                new Breakout("the kernel's keys", syscall(250, "0, -3, 0")),
                new Breakout("the processor's counters", syscall(298, "0, 0, -1, -1, 0")),
                new Breakout("a file by its handle", syscall(304, "0, 0, 0")),
                new Breakout("pages served from here", syscall(323, "0")),
                new Breakout("where cores go", "echo '|/tmp/x' > /proc/sys/kernel/core_pattern"),
                // The harmless one of them: it prints a help text into the kernel's log.
                new Breakout("the kernel's emergency keys", "echo h > /proc/sysrq-trigger"),
                new Breakout("a setting of the kernel", "echo 1 > /proc/sys/net/ipv4/ip_forward"),
                new Breakout(
                        "a control group of its own",
                        "for d in /sys/fs/cgroup /sys/fs/cgroup/*/; do"
                                + " [ -e $d/cgroup.procs ] && mkdir $d/x && exit 0; done; exit 1"),
                new Breakout(
                        "its limits",
                        "for f in memory/memory.limit_in_bytes pids/pids.max memory.max pids.max; do"
                                + " [ -e /sys/fs/cgroup/$f ] && echo 99999 > /sys/fs/cgroup/$f && exit 0; done; exit 1"),
                new Breakout("a socket below IP", "perl -MSocket -e 'socket(S, PF_INET, SOCK_RAW, 1) or exit 1'"),
                new Breakout("every packet", "perl -e 'socket(S, 17, 3, 0) or exit 1'"),
                new Breakout("the clock", "date -s \"$(date)\""),
                new Breakout("the host's name", "hostname elsewhere"),
                new Breakout("swap", syscall(168, "0")),
                new Breakout("the end of the machine", syscall(169, "0, 0, 0, 0")),
                new Breakout("more open files", "ulimit -n 1048576"),
                new Breakout("a core file", "ulimit -c unlimited"),
                new Breakout("a place in front of others", "renice -n -5 $$"),
                new Breakout("more rights by a program that gives them", "grep -q 'NoNewPrivs:.0' /proc/self/status"),
                new Breakout("no seccomp", "grep -q 'Seccomp:.0' /proc/self/status"));
    }

    /** Ends with 0 unless the kernel refuses it for want of rights. */
    private static String syscall(int number, String arguments) {
        return "perl -e 'my $r = syscall(" + number + ", " + arguments + "); exit($r == -1 && $! == 1 ? 1 : 0)'";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernel")
    @Order(5)
    void the_kernel_gives_it_nothing(Breakout breakout) {
        refused(breakout);
    }

    @Test
    @Order(6)
    void what_a_development_shell_needs_is_there() {
        var id = mine.containerId();
        for (String each : List.of(
                "touch /tmp/f && chown 1000:1000 /tmp/f && chmod 600 /tmp/f",
                "install -d -o 1000 -g 1000 /opt/x && touch /opt/x/y",
                "perl -e '$) = \"1000 1000\"; $> = 1000; exit($> == 1000 ? 0 : 1)'",
                "perl -MIO::Socket::INET -e 'IO::Socket::INET->new(Listen => 1, LocalPort => 80) or exit 1'",
                "kill -0 1",
                "dpkg --configure -a",
                "git init -q /tmp/repository")) {
            var ended = Engine.attempt(id, "root", "bash", "-c", each);
            assertThat(ended.status()).as("%s: %s", each, ended.said()).isZero();
        }
    }
}
