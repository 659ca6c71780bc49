package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.DesiredResource.Volume;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.protocol.Transfer;
import dev.trailer.agent.service.engine.BuildContext;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.DockerEngine;
import dev.trailer.agent.service.engine.HelperSpec;
import dev.trailer.agent.service.engine.RealDocker;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent that dies at any change while it copies, sends or receives a volume: no byte is lost, nothing of ours is left. The plain
 * run takes some of the changes, at random; the long one all.
 */
class VolumeKillTest {
    /** Helper image, helpers, marker, the volume anew, its content, and all of it away again. */
    private static final int CHANGES_OF_A_COPY = 11;

    private static final int CHANGES_OF_A_RESTORE = 8;
    /** Each is two agents and two kills. */
    private static final int IN_THE_PLAIN_RUN = 1;

    private final String home = UUID.randomUUID().toString();
    private final byte[] content = archive(7);
    private Path state;
    private RealDocker docker;
    private DockerEngine engine;
    private Identity us;
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        state = directory;
        docker = RealDocker.orSkip();
        engine = new DockerEngine(docker.host);
        us = new Identity(docker.install, "host-1");
        server = new TestServer(docker.install, "host-1");
        engine.build(
                new BuildSpec(
                        image(),
                        new BuildContext("FROM scratch\nCMD [\"none\"]\n", Map.of()),
                        Map.of(),
                        Map.of(Labels.INSTALL, us.install()),
                        false),
                _ -> {});
        fill(home, content);
    }

    @AfterEach
    void stop() throws IOException {
        if (docker != null) {
            server.close();
            engine.close();
            docker.close();
        }
    }

    private static List<Integer> changes(int all, String scenario) {
        long seed = Long.getLong("trailer.faults.seed", new Random().nextLong(1_000_000_000L));
        System.out.printf("fault seed=%d scenario=%s; again: -Dtrailer.faults.seed=%d%n", seed, scenario, seed);
        var changes = new ArrayList<>(IntStream.rangeClosed(1, all).boxed().toList());
        if (!"long".equals(System.getProperty("trailer.e2e"))) {
            Collections.shuffle(changes, new Random(seed));
            return changes.subList(0, IN_THE_PLAIN_RUN);
        }
        return changes;
    }

    private String image() {
        return "trailer/0-" + docker.install + ":1";
    }

    private static byte[] archive(long seed) {
        var random = new Random(seed);
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < 12; i++) {
                var data = new byte[random.nextInt(200_000)];
                random.nextBytes(data);
                var entry = new TarArchiveEntry("volume/deep/file" + i);
                entry.setSize(data.length);
                tar.putArchiveEntry(entry);
                tar.write(data);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }

    private String helper(String volume) {
        return engine.createHelper(
                new HelperSpec("trailer-test-helper", image(), Names.volume(volume), labels("test", "test")));
    }

    private void fill(String volume, byte[] archive) throws IOException {
        engine.createVolume(new VolumeSpec(Names.volume(volume), labels(Labels.VOLUME, volume)));
        var helper = helper(volume);
        engine.writeArchive(helper, "/", new ByteArrayInputStream(archive));
        engine.removeContainer(helper);
    }

    /** Each file's content, hashed. A directory that no archive names is as old as the volume, so these say nothing. */
    private Map<String, String> held(String volume) throws IOException {
        var helper = helper(volume);
        var held = new TreeMap<String, String>();
        engine.readArchive(helper, HelperSpec.PATH + "/deep", in -> {
            var tar = new TarArchiveInputStream(in);
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    held.put(entry.getName(), HexFormat.of().formatHex(hash(tar.readAllBytes())));
                }
            }
        });
        engine.removeContainer(helper);
        return held;
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance(Transfer.SEAL).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private AgentConfig config() {
        return AgentConfig.of(server.uri(), state, () -> Optional.of(TestServer.TOKEN))
                .withDockerHost(docker.host);
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(90))
                .until(condition);
    }

    private boolean isCopied(String volume) {
        return server.last()
                .filter(heartbeat -> heartbeat.volumes().stream()
                        .anyMatch(report -> report.volume().equals(volume) && report.copied()))
                .isPresent();
    }

    @Test
    void killed_at_any_change_of_a_copy_it_is_made_whole_by_the_next() throws IOException {
        var expected = held(home);
        server.desire(new Volume(home, false));
        for (int n : changes(CHANGES_OF_A_COPY, "copy")) {
            for (boolean before : new boolean[] {true, false}) {
                var copy = UUID.randomUUID().toString();
                server.desire(new Volume(copy, false, home));
                var dying = new CrashingEngine(new DockerEngine(docker.host), n, before);
                try (var doomed = Agent.start(config(), dying)) {
                    awaitTrue(() -> dying.crashed() || isCopied(copy));
                    assertThat(doomed.status().enrolled()).isTrue();
                }
                try (var reborn = Agent.start(config())) {
                    awaitTrue(() -> isCopied(copy) && docker.containers().isEmpty());
                    assertThat(reborn.status().fenced()).isNull();
                    assertThat(docker.volumes()).doesNotContain(Names.filling(copy));
                    assertThat(held(copy)).as("at %d, before: %s", n, before).isEqualTo(expected);
                    assertThat(held(home)).isEqualTo(expected);
                    server.desire(new Volume(copy, true));
                    awaitTrue(() -> !docker.volumes().contains(Names.volume(copy)));
                }
                server.desire(new dev.trailer.agent.protocol.DesiredResource.Forget(copy));
            }
        }
    }

    @Test
    void killed_at_any_change_of_a_restore_what_is_not_whole_is_marked_and_done_again_it_is() throws IOException {
        var expected = held(home);
        byte[] other = archive(8);
        server.desire(new Volume(home, false));
        for (int n : changes(CHANGES_OF_A_RESTORE, "restore")) {
            for (boolean before : new boolean[] {true, false}) {
                var dying = new CrashingEngine(new DockerEngine(docker.host), n, before);
                try (var doomed = Agent.start(config(), dying)) {
                    // Not before it is there: one that is gone may still be waiting for orders.
                    awaitTrue(() -> doomed.status().healthy());
                    var first = order(Transfer.Direction.RECEIVE, sealed(other));
                    awaitTrue(() ->
                            dying.crashed() || server.transfers().result(first).isPresent());
                    assertThat(doomed.status().enrolled()).isTrue();
                }
                try (var reborn = Agent.start(config())) {
                    awaitTrue(() ->
                            reborn.status().healthy() && docker.containers().isEmpty());
                    boolean isMarked = docker.volumes().contains(Names.filling(home));
                    boolean isThere = docker.volumes().contains(Names.volume(home));
                    assertThat(isMarked || isThere)
                            .as("neither whole nor marked")
                            .isTrue();
                    var again = order(Transfer.Direction.RECEIVE, sealed(content));
                    awaitTrue(() -> server.transfers().result(again).isPresent());
                    assertThat(server.transfers().result(again).orElseThrow().problem())
                            .isNull();
                    awaitTrue(() -> docker.containers().isEmpty());
                    assertThat(docker.volumes()).containsExactly(Names.volume(home));
                    assertThat(held(home)).as("at %d, before: %s", n, before).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void what_is_sent_is_sealed_and_what_arrives_torn_is_not_taken_for_whole() throws IOException {
        server.desire(new Volume(home, false));
        try (var agent = Agent.start(config())) {
            var sent = order(Transfer.Direction.SEND, new byte[0]);
            awaitTrue(() -> server.transfers().result(sent).isPresent());
            byte[] sealed = server.transfers().body(sent);
            byte[] archive = Arrays.copyOf(sealed, sealed.length - Transfer.SEAL_BYTES);
            assertThat(sealed).isEqualTo(sealed(archive));
            assertThat(server.transfers().result(sent).orElseThrow().bytes()).isEqualTo(archive.length);

            var torn = order(Transfer.Direction.RECEIVE, Arrays.copyOf(sealed, sealed.length - 40));
            awaitTrue(() -> server.transfers().result(torn).isPresent());
            assertThat(server.transfers().result(torn).orElseThrow().problem()).contains("checksum");
            awaitTrue(() -> docker.containers().isEmpty());
            assertThat(docker.volumes()).contains(Names.filling(home));

            var noise = order(Transfer.Direction.RECEIVE, sealed(new byte[] {1, 2, 3}));
            awaitTrue(() -> server.transfers().result(noise).isPresent());
            assertThat(server.transfers().result(noise).orElseThrow().problem()).isNotNull();

            var whole = order(Transfer.Direction.RECEIVE, sealed);
            awaitTrue(() -> server.transfers().result(whole).isPresent());
            assertThat(server.transfers().result(whole).orElseThrow().problem()).isNull();
            assertThat(docker.volumes()).containsExactly(Names.volume(home));
            assertThat(agent.status().fenced()).isNull();
        }
    }

    private String order(Transfer.Direction direction, byte[] sealed) {
        var id = UUID.randomUUID().toString();
        server.transfers().order(new Transfer.Order(id, home, direction), sealed);
        return id;
    }

    private static byte[] sealed(byte[] archive) {
        byte[] seal = hash(archive);
        var sealed = Arrays.copyOf(archive, archive.length + seal.length);
        System.arraycopy(seal, 0, sealed, archive.length, seal.length);
        return sealed;
    }
}
