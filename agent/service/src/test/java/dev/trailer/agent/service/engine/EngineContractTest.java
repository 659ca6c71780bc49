package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.Labels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine must do for the agent, with equal results: Docker, Podman, and the fake that other tests stand on. It looks
 * through {@link ContainerEngine} alone; what only a real container can show is in {@link RealEngineContractTest}.
 */
public abstract class EngineContractTest {
    protected static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    protected ContainerEngine engine;
    protected Identity us;
    protected String base;
    protected final String id = UUID.randomUUID().toString().substring(0, 8);
    protected final String name = "trailer-" + id;
    protected final String image = "trailer/contract-" + id + ":1";
    protected final String volume = "trailer-v-" + id;

    /** Others may try the same engine at the same time. */
    private final String third = unused();

    protected String net(String rest) {
        return third + rest;
    }

    /** The engine to try, which this test closes. */
    protected abstract ContainerEngine open() throws IOException;

    /** One that is not there. */
    protected abstract ContainerEngine openNothing();

    /** What {@link EngineInfo#engine} should say. */
    protected abstract String kind();

    /** Whether it says so of a container that was ended for want of memory. */
    protected boolean tellsOutOfMemory() {
        return true;
    }

    /** An image on it to build from, with a shell and no command. */
    protected abstract String baseImage();

    protected abstract String install();

    /** Somebody ends a container past the agent. */
    protected abstract void killBehindOurBack(String container);

    @BeforeEach
    void start() throws IOException {
        engine = open();
        base = baseImage();
        us = new Identity(install(), "host");
    }

    @AfterEach
    protected void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    // ---- What the tests make ----

    protected Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }

    protected void buildImage(String... lines) {
        build(image, "FROM " + base + "\n" + String.join("\n", lines), Map.of(), Map.of());
    }

    protected List<String> build(String tag, String dockerfile, Map<String, String> files, Map<String, String> args) {
        return build(spec(tag, dockerfile, files, args, false));
    }

    protected List<String> build(BuildSpec spec) {
        var log = new ArrayList<String>();
        assertThat(engine.build(spec, log::add)).isNotEmpty();
        return log;
    }

    protected BuildSpec spec(
            String tag, String dockerfile, Map<String, String> files, Map<String, String> args, boolean noCache) {
        var labels = Map.of(Labels.INSTALL, us.install(), "dev.trailer.image", "i/1");
        return new BuildSpec(tag, new BuildContext(dockerfile, files), args, labels, noCache);
    }

    protected ContainerSpec spec(ContainerSpec.Mount... mounts) {
        return spec(name, labels(Labels.WORKSPACE, id), mounts);
    }

    protected ContainerSpec spec(String called, Map<String, String> labels, ContainerSpec.Mount... mounts) {
        return new ContainerSpec(
                called, "dev", image, name, 250, 32L << 20, Map.of("GREETING", "hello world"), List.of(mounts), labels);
    }

    protected void makeNetwork(String cidr) {
        makeNetwork(name, cidr);
    }

    /** Not what a bridge has that a run before this one left behind. */
    private static String unused() {
        while (true) {
            String third = "10.214." + ThreadLocalRandom.current().nextInt(256) + ".";
            try {
                if (NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .noneMatch(address -> address.getHostAddress().startsWith(third))) {
                    return third;
                }
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void makeNetwork(String called, String cidr) {
        engine.createNetwork(new NetworkSpec(called, Subnet.parse(cidr).orElseThrow(), labels(Labels.WORKSPACE, id)));
    }

    protected VolumeSpec volume(String owner) {
        return new VolumeSpec(volume, labels(Labels.VOLUME, owner));
    }

    protected String running(ContainerSpec.Mount... mounts) {
        makeNetwork(net("16/28"));
        String container = engine.createContainer(spec(mounts));
        engine.startContainer(container);
        return container;
    }

    // ---- What there is to see of it ----

    protected Observed.Container observed() {
        return ourContainers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Observed.Container> ourContainers() {
        return engine.observe(us).containers().stream()
                .filter(container -> us.install().equals(container.labels().get(Labels.INSTALL)))
                .toList();
    }

    protected List<Observed.Network> ourNetworks() {
        return engine.observe(us).networks().stream()
                .filter(network -> us.install().equals(network.labels().get(Labels.INSTALL)))
                .toList();
    }

    private List<Observed.Volume> ourVolumes() {
        return engine.observe(us).volumes().stream()
                .filter(found -> us.install().equals(found.labels().get(Labels.INSTALL)))
                .toList();
    }

    private Observed.Image ourImage() {
        return engine.observe(us).images().stream()
                .filter(found -> found.tags().contains(image))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(Runnable call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOf(EngineException.class)
                .isNotInstanceOf(EngineDownException.class)
                .message()
                .containsIgnoringCase(words.length == 0 ? "" : words[0]);
    }

    // ---- The engine ----

    @Test
    void it_says_what_it_is_in_a_version_that_both_speak() {
        EngineInfo info = engine.info();
        assertThat(info.engine()).isEqualTo(kind());
        assertThat(info.version()).matches("\\d+.*");
        assertThat(info.apiVersion()).matches("1\\.\\d+");
        assertThat(info.cpus()).isPositive();
        assertThat(info.memoryBytes()).isPositive();
        assertThat(info.rootDirectory()).startsWith("/");
        assertThatCode(engine::ping).doesNotThrowAnyException();
    }

    @Test
    void an_engine_that_is_not_there_is_down() {
        try (var nothing = openNothing()) {
            assertThatThrownBy(() -> nothing.observe(us)).isInstanceOf(EngineDownException.class);
            assertThatThrownBy(nothing::ping).isInstanceOf(EngineDownException.class);
            assertThatThrownBy(nothing::info).isInstanceOf(EngineDownException.class);
            assertThatThrownBy(() -> nothing.startContainer(name)).isInstanceOf(EngineDownException.class);
        }
    }

    @Test
    void watching_wakes_on_what_happens() throws Exception {
        buildImage();
        var wakes = new AtomicInteger();
        try (var watch = engine.watch(wakes::incrementAndGet, () -> {})) {
            assertThat(watch).isNotNull();
            String container = running();
            await().until(() -> wakes.get() > 0);
            wakes.set(0);
            killBehindOurBack(container);
            await().until(() -> wakes.get() > 0);
        }
    }

    // ---- Images ----

    @Test
    void an_image_is_seen_under_the_tag_and_labels_that_it_was_built_with() {
        assertThat(engine.hasImage(image)).isFalse();
        buildImage();
        assertThat(engine.hasImage(image)).isTrue();
        assertThat(ourImage().labels())
                .containsEntry(Labels.INSTALL, us.install())
                .containsEntry("dev.trailer.image", "i/1");
        assertThat(ourImage().sizeBytes()).isPositive();
    }

    @Test
    void an_image_goes_once_no_container_uses_it_and_a_second_time_nothing_happens() {
        buildImage("RUN echo " + id + " > /mark");
        assertThat(ourImage().createdAt()).isAfter(Instant.now().minus(Duration.ofHours(1)));
        String container = running();
        assertThat(observed().image()).isEqualTo(ourImage().id());
        assertRefused(() -> engine.removeImage(image));
        engine.stopContainer(container, SHORT_GRACE);
        assertRefused(() -> engine.removeImage(image));
        engine.removeContainer(container);
        engine.removeImage(image);
        assertThat(engine.hasImage(image)).isFalse();
        engine.removeImage(image);
    }

    @Test
    void an_image_that_lost_its_name_to_a_newer_build_goes_by_its_id() {
        buildImage("RUN echo " + id + " > /first");
        var first = ourImage();
        buildImage("RUN echo " + id + " > /second");
        assertThat(engine.observe(us).images())
                .filteredOn(found -> found.id().equals(first.id()))
                .singleElement()
                .satisfies(found -> assertThat(found.tags()).isEmpty());
        engine.removeImage(first.id());
        assertThat(engine.observe(us).images()).noneMatch(found -> found.id().equals(first.id()));
        assertThat(engine.hasImage(image)).isTrue();
    }

    @Test
    void the_last_build_has_the_tag() {
        buildImage("ENV ROUND=1");
        String first = ourImage().id();
        buildImage("ENV ROUND=2");
        assertThat(ourImage().id()).isNotEqualTo(first);
    }

    @Test
    void a_failing_build_or_pull_is_told_in_the_engines_words_and_leaves_no_image() {
        assertRefused(() -> buildImage("RUN exit 7"), "7");
        assertRefused(() -> buildImage("NONSENSE"), "NONSENSE");
        assertRefused(() -> build(image, "FROM localhost:1/nothing:1", Map.of(), Map.of()), "localhost:1");
        assertRefused(() -> engine.pull("localhost:1/nothing:1", _ -> {}));
        assertThat(engine.hasImage(image)).isFalse();
    }

    // ---- Networks ----

    @Test
    void networks_get_the_subnet_asked_for_and_twice_is_once() {
        makeNetwork(net("32/28"));
        makeNetwork(net("32/28"));
        assertThat(ourNetworks()).singleElement().satisfies(network -> {
            assertThat(network.name()).isEqualTo(name);
            assertThat(network.labels()).isEqualTo(labels(Labels.WORKSPACE, id));
        });
        assertThat(engine.subnets()).contains(Subnet.parse(net("32/28")).orElseThrow());
        String network = ourNetworks().getFirst().id();
        engine.removeNetwork(network);
        engine.removeNetwork(network);
        assertThat(ourNetworks()).isEmpty();
        assertThat(engine.subnets()).doesNotContain(Subnet.parse(net("32/28")).orElseThrow());
    }

    @Test
    void a_subnet_that_another_network_has_is_refused_as_such_and_makes_nothing() {
        makeNetwork(net("32/28"));
        assertThatThrownBy(() -> makeNetwork(name + "-b", net("32/28"))).isInstanceOf(SubnetTakenException.class);
        assertThatThrownBy(() -> makeNetwork(name + "-b", net("0/24"))).isInstanceOf(SubnetTakenException.class);
        assertThat(ourNetworks()).hasSize(1);
    }

    @Test
    void a_network_of_that_name_that_is_anothers_is_refused_and_stays() {
        makeNetwork(net("32/28"));
        assertRefused(() -> engine.createNetwork(
                new NetworkSpec(name, Subnet.parse(net("64/28")).orElseThrow(), labels(Labels.WORKSPACE, "another"))));
        assertThat(ourNetworks()).singleElement().satisfies(network -> assertThat(network.labels())
                .isEqualTo(labels(Labels.WORKSPACE, id)));
    }

    @Test
    void a_network_that_a_running_container_is_on_stays() {
        buildImage();
        running();
        assertRefused(() -> engine.removeNetwork(ourNetworks().getFirst().id()));
        assertThat(ourNetworks()).hasSize(1);
    }

    // ---- Volumes ----

    @Test
    void a_volume_made_twice_is_one_and_removed_twice_is_gone() {
        engine.createVolume(volume("v"));
        engine.createVolume(volume("v"));
        assertThat(ourVolumes())
                .containsExactly(new Observed.Volume(volume, volume("v").labels()));
        engine.removeVolume(volume("v"));
        engine.removeVolume(volume("v"));
        assertThat(ourVolumes()).isEmpty();
    }

    @Test
    void a_volume_of_that_name_that_is_anothers_is_neither_taken_nor_removed() {
        engine.createVolume(volume("v"));
        assertRefused(() -> engine.createVolume(volume("another")), "not ours");
        assertRefused(() -> engine.removeVolume(volume("another")), "not ours");
        assertThat(ourVolumes()).hasSize(1);
    }

    @Test
    void a_volume_that_a_container_mounts_stays_also_when_that_does_not_run() {
        buildImage();
        engine.createVolume(volume("v"));
        String container = running(new ContainerSpec.Mount(volume, "/data"));
        assertThat(observed().volumes()).containsExactly(volume);
        assertRefused(() -> engine.removeVolume(volume("v")));
        engine.stopContainer(container, SHORT_GRACE);
        assertRefused(() -> engine.removeVolume(volume("v")));
        engine.removeContainer(container);
        assertThat(ourVolumes()).as("it outlives its container").hasSize(1);
        engine.removeVolume(volume("v"));
        assertThat(ourVolumes()).isEmpty();
    }

    // ---- What volumes hold ----

    private HelperSpec helper(String of) {
        return new HelperSpec(name + "-helper", image, of, labels(Labels.HELPER, "v-" + id));
    }

    private byte[] archive(String container) throws IOException {
        var held = new ByteArrayOutputStream();
        engine.readArchive(container, HelperSpec.PATH, tar -> tar.transferTo(held));
        return held.toByteArray();
    }

    @Test
    void what_a_volume_holds_goes_from_one_to_another_by_containers_that_never_run() throws IOException {
        assumeTrue(engine.hasArchives(), "no archives");
        buildImage();
        engine.createVolume(volume("v-" + id));
        String first = engine.createHelper(helper(volume));
        assertThat(engine.createHelper(helper(volume))).isEqualTo(first);
        engine.writeArchive(first, "/", new ByteArrayInputStream(tar("volume/deep/file", 300_000)));
        byte[] held = archive(first);
        assertThat(names(held)).contains("volume/deep/file");
        engine.removeContainer(first);

        var other = new VolumeSpec(volume + "-other", labels(Labels.VOLUME, "other"));
        engine.createVolume(other);
        String second = engine.createHelper(helper(other.name()));
        engine.writeArchive(second, "/", new ByteArrayInputStream(held));
        assertThat(names(archive(second))).isEqualTo(names(held));
        assertRefused(() -> engine.removeVolume(other));
        engine.removeContainer(second);
        engine.removeVolume(other);
        engine.removeVolume(volume("v-" + id));
    }

    @Test
    void what_breaks_an_archive_off_is_told_as_it_was() throws IOException {
        assumeTrue(engine.hasArchives(), "no archives");
        buildImage();
        engine.createVolume(volume("v-" + id));
        String container = engine.createHelper(helper(volume));
        var broken = new IOException("scripted");
        assertThatThrownBy(() -> engine.readArchive(container, HelperSpec.PATH, _ -> {
                    throw broken;
                }))
                .isSameAs(broken);
        assertThatThrownBy(() -> engine.writeArchive(container, "/", new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw broken;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw broken;
                    }
                }))
                .isSameAs(broken);
        engine.removeContainer(container);
        engine.removeVolume(volume("v-" + id));
    }

    @Test
    void what_our_volumes_take_can_be_seen() throws IOException {
        assumeTrue(engine.hasArchives(), "no archives");
        buildImage();
        engine.createVolume(volume("v-" + id));
        String container = engine.createHelper(helper(volume));
        engine.writeArchive(container, "/", new ByteArrayInputStream(tar("volume/file", 300_000)));
        assertThat(engine.volumeSizes(us)).containsOnlyKeys("v-" + id);
        assertThat(engine.volumeSizes(us).get("v-" + id)).isBetween(300_000L, 400_000L);
        assertThat(engine.volumeSizes(new Identity(us.install(), "another"))).isEmpty();
        engine.removeContainer(container);
        engine.removeVolume(volume("v-" + id));
    }

    private static byte[] tar(String file, int length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry(file);
            entry.setSize(length);
            tar.putArchiveEntry(entry);
            tar.write(new byte[length]);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static Set<String> names(byte[] archive) throws IOException {
        var names = new TreeSet<String>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }

    // ---- Containers ----

    @Test
    void a_container_is_made_stopped_and_seen_with_all_its_labels() {
        buildImage();
        makeNetwork(net("16/28"));
        String container = engine.createContainer(spec());
        assertThat(observed().id()).isEqualTo(container);
        assertThat(observed().status()).isEqualTo(Status.CREATED);
        assertThat(observed().startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(observed().labels())
                .containsAllEntriesOf(spec().labels())
                .as("the image's own are on it too")
                .containsEntry("dev.trailer.image", "i/1");
        engine.startContainer(container);
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
        assertThat(observed().startedAt()).isAfter(Instant.EPOCH);
    }

    @Test
    void each_change_done_twice_is_done_once() {
        buildImage();
        String container = running();
        assertThat(engine.createContainer(spec())).isEqualTo(container);
        engine.startContainer(container);
        engine.stopContainer(container, SHORT_GRACE);
        engine.stopContainer(container, SHORT_GRACE);
        assertThat(observed().status()).isEqualTo(Status.EXITED);
        engine.removeContainer(container);
        engine.removeContainer(container);
        engine.stopContainer(container, SHORT_GRACE);
        assertThat(ourContainers()).isEmpty();
    }

    @Test
    void a_stopped_container_starts_again_as_the_same_one() {
        buildImage();
        String container = running();
        Instant first = observed().startedAt();
        engine.stopContainer(container, SHORT_GRACE);
        engine.startContainer(container);
        assertThat(observed().id()).isEqualTo(container);
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
        assertThat(observed().startedAt()).isAfter(first);
    }

    @Test
    void a_container_that_runs_is_not_removed() {
        buildImage();
        String container = running();
        assertRefused(() -> engine.removeContainer(container));
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void a_container_of_that_name_that_is_anothers_is_refused_and_stays() {
        buildImage();
        running();
        assertRefused(() -> engine.createContainer(spec(name, labels(Labels.WORKSPACE, "another"))));
        assertThat(observed().labels()).containsEntry(Labels.WORKSPACE, id);
    }

    @Test
    void a_container_of_another_host_is_seen_but_not_how_it_ended() {
        buildImage("CMD [\"sh\", \"-c\", \"exit 42\"]");
        makeNetwork(net("16/28"));
        var others = new HashMap<>(labels(Labels.WORKSPACE, id));
        others.put(Labels.HOST, "another");
        engine.startContainer(engine.createContainer(spec(name, others)));
        await().until(() -> observed().status() == Status.EXITED);
        assertThat(observed().exitCode()).isZero();
        assertThat(observed().startedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void what_is_not_there_cannot_be_used() {
        makeNetwork(net("16/28"));
        assertRefused(() -> engine.createContainer(spec()), "no such image");
        assertRefused(() -> engine.startContainer(name), "no such container");
        assertRefused(() -> engine.usage("0123456789ab"));
        assertThat(ourContainers()).isEmpty();
    }

    @Test
    void how_a_container_ended_can_be_seen() {
        buildImage("CMD [\"sh\", \"-c\", \"exit 42\"]");
        running();
        await().until(() -> observed().status() == Status.EXITED);
        assertThat(observed().exitCode()).isEqualTo(42);
        assertThat(observed().outOfMemory()).isFalse();
        assertThat(observed().finishedAt()).isAfterOrEqualTo(observed().startedAt());
    }

    @Test
    void running_out_of_memory_can_be_seen() {
        buildImage("CMD [\"sh\", \"-c\", \"tail /dev/zero; exit $?\"]");
        running();
        await().atMost(Duration.ofSeconds(30)).until(() -> observed().status() == Status.EXITED);
        assertThat(observed().exitCode()).isEqualTo(137);
        assertThat(observed().outOfMemory()).isEqualTo(tellsOutOfMemory());
    }

    @Test
    void a_container_that_was_killed_past_us_has_ended_by_itself() {
        buildImage();
        killBehindOurBack(running());
        await().until(() -> observed().status() == Status.EXITED);
        assertThat(observed().exitCode()).isEqualTo(137);
    }

    @Test
    void the_health_check_of_an_image_can_be_read_and_there_need_be_none() {
        buildImage("HEALTHCHECK --interval=7s --timeout=3s --retries=4 CMD test -e /tmp/well");
        String container = running();
        assertThat(engine.healthCheck(container))
                .contains(new HealthCheck(List.of("/bin/sh", "-c", "test -e /tmp/well"), 7_000, 3_000, 4, 0, false));
        engine.stopContainer(container, SHORT_GRACE);
        engine.removeContainer(container);
        assertRefused(() -> engine.healthCheck(container));
        buildImage("HEALTHCHECK NONE");
        assertThat(engine.healthCheck(engine.createContainer(spec()))).isEmpty();
    }

    @Test
    void what_a_container_uses_can_be_seen_while_it_is_there() {
        buildImage();
        String container = running();
        assertThat(engine.usage(container).pids()).isPositive();
        engine.stopContainer(container, SHORT_GRACE);
        engine.removeContainer(container);
        assertRefused(() -> engine.usage(container));
    }
}
