package dev.trailer.agent.service.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.service.engine.BuildContext;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.DockerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.RealDocker;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What volumes hold, read, replaced and copied on a real engine. */
class VolumeFilesTest {
    private static final String WRITE = "mkdir -p /data/deep; echo kept > /data/deep/file; cd /data; "
            + "dd if=/dev/zero of=big bs=1024 count=3000 2>/dev/null; chmod 750 /data";

    /** Each kind of thing that a directory can hold and an archive can get wrong, among many plain files. */
    private static final String OF_ALL_KINDS = """
            cd /data
            i=0; while [ $i -lt 100 ]; do
              mkdir d$i; j=0; while [ $j -lt 100 ]; do echo "$i $j" > d$i/f$j; j=$((j+1)); done; i=$((i+1))
            done
            for name in ' leading' 'a b' -n 'quote"s' "it's" 'back\\slash' '*' 'ünï' 'new
            line' "$(printf 'not\\377utf8')" "$(printf '%0200d' 1)"; do echo "$name" > "./$name"; done
            deep=.; i=0; while [ $i -lt 12 ]; do deep=$deep/$(printf '%030d' $i); i=$((i+1)); done
            mkdir -p $deep; echo deep > $deep/file
            ln -s d0/f0 soft; ln -s /nowhere dangling; ln -s "$(printf '%0150d' 2)" far; ln d0/f0 hard; mkfifo pipe
            chown 1000:1001 d1/f1; chown -h 1000:1001 soft; chown 2000000 d1/f2; chown 1000:1000 .
            chmod 4755 d2/f2; chmod 1777 d3; chmod 0 d4/f4; chmod 2750 .
            dd if=/dev/zero of=sparse bs=1 count=1 seek=40000000 2>/dev/null
            touch -d '1999-01-02 03:04:05' d5/f5 d5
            """;

    /** How many there are, and a hash of all names, kinds, owners, modes, times, links and contents. */
    private static final String MANIFEST = "cd /data; find . -print0 | tr -cd '\\0' | wc -c;"
            + " { find . -print0 | sort -z | xargs -0 stat -c '%n %f %u:%g %Y %h %N';"
            + " find . -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum";

    private final String home = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private RealDocker docker;
    private DockerEngine engine;
    private Identity us;
    private VolumeFiles files;

    @BeforeEach
    void start() throws IOException {
        docker = RealDocker.orSkip();
        engine = new DockerEngine(docker.host);
        us = new Identity(docker.install, "host");
        files = new VolumeFiles(us, engine);
    }

    @AfterEach
    void stop() throws IOException {
        if (docker != null) {
            engine.close();
            docker.close();
        }
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }

    /** What a shell prints that has the volume at {@code /data}. */
    private String in(String volume, String command) {
        var id = "sh-" + UUID.randomUUID().toString().substring(0, 8);
        var name = "trailer-" + id;
        var image = "trailer/" + id + ":1";
        engine.build(
                new BuildSpec(
                        image,
                        new BuildContext("FROM " + docker.busybox + "\n", Map.of()),
                        Map.of(),
                        Map.of(Labels.INSTALL, us.install()),
                        false),
                _ -> {});
        engine.createVolume(new VolumeSpec(Names.volume(volume), labels(Labels.VOLUME, volume)));
        engine.createNetwork(
                new NetworkSpec(name, Subnet.parse("10.214.0.32/28").orElseThrow(), labels(Labels.WORKSPACE, id)));
        engine.createContainer(new ContainerSpec(
                name,
                "dev",
                image,
                name,
                1_000,
                64L << 20,
                Map.of(),
                List.of(new ContainerSpec.Mount(Names.volume(volume), "/data")),
                labels(Labels.WORKSPACE, id)));
        engine.startContainer(name);
        try {
            return docker.run(name, "sh", "-c", command);
        } finally {
            engine.stopContainer(name, Duration.ofSeconds(1));
            engine.removeContainer(name);
            docker.networks().forEach(network -> engine.removeNetwork(network.getId()));
        }
    }

    private byte[] archive(String volume) throws IOException {
        var content = new byte[1][];
        files.read(volume, tar -> content[0] = tar.readAllBytes());
        return content[0];
    }

    @Test
    void what_was_read_replaces_what_another_held_and_nothing_of_ours_is_left() throws IOException {
        in(home, WRITE);
        in(other, "echo old > /data/old");
        files.replace(other, new ByteArrayInputStream(archive(home)), () -> {});
        assertThat(in(other, "cat /data/deep/file; echo /data/*; dd if=/data/big bs=1024 count=9999 of=/dev/null 2>&1"))
                .startsWith("kept\n/data/big /data/deep\n3000+0 records in\n");
        assertThat(docker.containers()).isEmpty();
        assertThat(docker.volumes()).containsExactlyInAnyOrder(Names.volume(home), Names.volume(other));
        assertThat(archive(other)).isEqualTo(archive(home));
    }

    @Test
    void ten_thousand_files_and_one_of_each_kind_come_out_as_they_went_in() throws IOException {
        in(home, OF_ALL_KINDS);
        var before = in(home, MANIFEST);
        assertThat(Integer.parseInt(before.lines().findFirst().orElseThrow())).isGreaterThan(10_100);
        files.replace(other, new ByteArrayInputStream(archive(home)), () -> {});
        assertThat(in(other, MANIFEST)).isEqualTo(before);
    }

    @Test
    void a_copy_holds_the_same_and_made_again_it_still_does() throws IOException {
        in(home, WRITE);
        files.copy(home, other);
        files.copy(home, other);
        assertThat(archive(other)).isEqualTo(archive(home));
        assertThat(docker.containers()).isEmpty();
        assertThatThrownBy(() -> files.copy(UUID.randomUUID().toString(), other))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("not on the engine");
        assertThat(archive(other)).as("kept").isEqualTo(archive(home));
    }

    @Test
    void what_was_cut_leaves_a_volume_that_is_marked_and_done_again_it_is_whole() throws IOException {
        in(home, WRITE);
        var archive = archive(home);
        var cut = Arrays.copyOf(archive, archive.length / 2);
        assertThatThrownBy(() -> files.replace(other, new ByteArrayInputStream(cut), () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut short");
        assertThat(docker.volumes()).contains(Names.filling(other));
        assertThat(docker.containers()).as("helpers").isEmpty();
        files.replace(other, new ByteArrayInputStream(archive), () -> {});
        assertThat(docker.volumes()).doesNotContain(Names.filling(other));
        assertThat(archive(other)).isEqualTo(archive);
        files.remove(other);
        assertThat(docker.volumes()).containsExactly(Names.volume(home));
    }

    @Test
    void what_is_refused_before_it_begins_changes_nothing() throws IOException {
        in(home, WRITE);
        var before = archive(home);
        var noise = new byte[2_048];
        Arrays.fill(noise, (byte) 9);
        assertThatThrownBy(() -> files.replace(home, new ByteArrayInputStream(noise), () -> {}))
                .hasMessageContaining("no tar archive");
        assertThatThrownBy(() -> files.replace(home, new ByteArrayInputStream(before), () -> {
                    throw new IOException("in use");
                }))
                .hasMessageContaining("in use");
        assertThat(archive(home)).isEqualTo(before);
        assertThat(docker.volumes()).containsExactly(Names.volume(home));
    }
}
