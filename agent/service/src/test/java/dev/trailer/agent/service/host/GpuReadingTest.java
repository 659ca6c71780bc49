package dev.trailer.agent.service.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostGpus.Gpu;
import dev.trailer.agent.service.host.NvidiaSmi.Said;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code nvidia-smi} says in all its moods; each file under {@code gpus/} says where its form comes from. */
class GpuReadingTest {
    private static final String A100 = "GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77";

    private static Map<String, Said.Ended> recorded(String name) {
        try (InputStream file = GpuReadingTest.class.getResourceAsStream("/gpus/" + name + ".txt")) {
            var said = new HashMap<String, Said.Ended>();
            String text = new String(requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.replaceAll("(?m)^#.*\n", "").split("(?m)^\\$ ")) {
                if (!part.isBlank()) {
                    String[] head = part.lines().findFirst().orElseThrow().split(" ");
                    said.put(
                            head[1], new Said.Ended(Integer.parseInt(head[0]), part.substring(part.indexOf('\n') + 1)));
                }
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GpuReading read(String name) {
        var said = recorded(name);
        Said.Ended query = requireNonNull(said.get("query"));
        if (GpuReading.isTooOldFor(query)) {
            query = requireNonNull(said.get("old"));
        }
        assertThat(GpuReading.hasSlices(query)).as("asks for slices").isEqualTo(said.containsKey("list"));
        return GpuReading.of(query, said.get("list"));
    }

    @Test
    void each_gpu_is_told_with_its_model_memory_and_use() {
        GpuReading reading = read("h100");
        assertThat(reading.gpus())
                .isEqualTo(new HostGpus(
                        "535.161.08",
                        List.of(
                                new Gpu(
                                        "GPU-7c1e3f0a-95d2-4a6b-8f11-2f6f0b7f4d10",
                                        "NVIDIA H100 80GB HBM3",
                                        81_559L << 20,
                                        null),
                                new Gpu(
                                        "GPU-b2a0d4c8-1e37-4c55-9a0e-6d5b8e2f9c11",
                                        "NVIDIA H100 80GB HBM3",
                                        81_559L << 20,
                                        null)),
                        null));
        assertThat(reading.usages().getFirst())
                .isEqualTo(new GpuUsage(
                        "GPU-7c1e3f0a-95d2-4a6b-8f11-2f6f0b7f4d10", 97.0, 75_303L << 20, 81_559L << 20, 61.0, 612.43));
    }

    @Test
    void slices_count_as_devices_where_a_gpu_is_cut_up_and_the_gpu_itself_does_not() {
        GpuReading reading = read("a100-mig");
        assertThat(reading.gpus().trouble()).isNull();
        assertThat(reading.gpus().devices())
                .containsExactly(
                        new Gpu(
                                "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f",
                                "NVIDIA A100-SXM4-40GB MIG 3g.20gb",
                                20L << 30,
                                A100),
                        new Gpu(
                                "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb",
                                "NVIDIA A100-SXM4-40GB MIG 2g.10gb",
                                10L << 30,
                                A100),
                        new Gpu(
                                "MIG-1e8f3c55-2ad0-5a0b-9d7c-0d2f8f4a6b21",
                                "NVIDIA A100-SXM4-40GB MIG 1g.5gb+me",
                                5L << 30,
                                A100),
                        new Gpu(
                                "GPU-e86cb44c-6756-fd30-cd4a-1e6da3caf9b0",
                                "NVIDIA A100-SXM4-40GB",
                                40_960L << 20,
                                null));
        assertThat(reading.usages()).extracting(GpuUsage::busyPercent).containsExactly(null, 0.0, null);
        assertThat(reading.usages()).extracting(GpuUsage::memoryUsedBytes).containsExactly(45L << 20, 0L, 0L);
    }

    @Test
    void slices_have_the_names_that_their_driver_gives_them() {
        assertThat(read("a100-mig-450").gpus().devices())
                .extracting(Gpu::uuid)
                .containsExactly(
                        "MIG-GPU-e86cb44c-6756-fd30-cd4a-1e6da3caf9b0/1/0",
                        "MIG-GPU-e86cb44c-6756-fd30-cd4a-1e6da3caf9b0/2/0");
        assertThat(read("a100-mig-450").gpus().devices())
                .extracting(Gpu::memoryBytes)
                .containsOnly(20L << 30);
    }

    @Test
    void what_a_gpu_does_not_tell_is_null_and_not_zero() {
        GpuReading reading = read("consumer");
        assertThat(reading.gpus().devices())
                .extracting(Gpu::model)
                .containsExactly("NVIDIA GeForce RTX 4090", "NVIDIA GeForce GT 710");
        assertThat(reading.gpus().trouble()).isNull();
        assertThat(reading.usages().getLast())
                .isEqualTo(new GpuUsage(
                        "GPU-2c61d0b8-8a72-4f19-b3e4-90d1f6a7c852", null, 54L << 20, 2_048L << 20, 41.0, null));
    }

    @Test
    void an_old_driver_is_asked_for_what_it_knows() {
        assertThat(read("old-driver").gpus())
                .isEqualTo(new HostGpus(
                        "418.87.01",
                        List.of(new Gpu("GPU-6e2a5b17-40cc-9d0f-3f58-c1b9a4e7d603", "Tesla K80", 11_441L << 20, null)),
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "none,",
        "driver-failed,DRIVER_FAILED",
        "driver-mismatch,DRIVER_FAILED",
        "off-the-bus,DRIVER_FAILED",
        "garbage,UNREADABLE",
    })
    void nothing_to_give_is_told_with_its_reason(String name, GpuTrouble trouble) {
        assertThat(read(name)).isEqualTo(new GpuReading(new HostGpus(null, List.of(), trouble), List.of()));
    }

    @Test
    void a_gpu_that_answers_is_offered_though_its_neighbour_does_not() {
        GpuReading reading = read("partial");
        assertThat(reading.gpus().devices()).hasSize(1);
        assertThat(reading.gpus().trouble()).isEqualTo(GpuTrouble.INCOMPLETE);
        assertThat(reading.usages().getFirst().watts()).isNull();
        GpuReading slices = read("slices-unknown");
        assertThat(slices.gpus().devices())
                .extracting(Gpu::uuid)
                .containsExactly("GPU-e86cb44c-6756-fd30-cd4a-1e6da3caf9b0");
        assertThat(slices.gpus().trouble()).isEqualTo(GpuTrouble.INCOMPLETE);
    }

    @Test
    void a_warning_is_no_trouble() {
        assertThat(read("inforom").gpus().trouble()).isNull();
        assertThat(read("inforom").gpus().devices()).hasSize(1);
    }

    @Test
    void what_hangs_floods_or_is_silent_is_told() {
        assertThat(GpuReading.of(new Said.TimedOut(), null).gpus().trouble()).isEqualTo(GpuTrouble.TIMED_OUT);
        assertThat(GpuReading.of(new Said.TooMuch(), null).gpus().trouble()).isEqualTo(GpuTrouble.UNREADABLE);
        assertThat(GpuReading.of(new Said.Ended(0, ""), null).gpus().trouble()).isEqualTo(GpuTrouble.UNREADABLE);
    }

    @Test
    void what_is_reported_has_a_bound_and_no_device_twice() {
        String line = requireNonNull(recorded("h100").get("query"))
                .text()
                .lines()
                .findFirst()
                .orElseThrow();
        var many = new StringBuilder(line + "\n" + line + "\n");
        IntStream.range(0, 2 * GpuReading.MAX_DEVICES)
                .forEach(i ->
                        many.append(line.replace("GPU-7c1e3f0a", "GPU-" + i)).append('\n'));
        GpuReading reading = GpuReading.of(new Said.Ended(0, many.toString()), null);
        assertThat(reading.gpus().devices()).hasSize(GpuReading.MAX_DEVICES).doesNotHaveDuplicates();
    }
}
