package dev.trailer.agent.service.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A workspace's container: a typed allow-list. There is no field for privilege, devices, host paths, host namespaces or
 * added capabilities, so nobody can ask for them, and what there is, is checked again here.
 *
 * @param awaitsSecrets its main process waits at the {@link SecretsGate}
 * @param gpus UUIDs of those that were allotted to it, by the driver's names; never "all" of them
 */
public record ContainerSpec(
        String name,
        String hostname,
        String image,
        String network,
        long cpuMillis,
        long memoryBytes,
        Map<String, String> env,
        List<Mount> mounts,
        Map<String, String> labels,
        boolean awaitsSecrets,
        List<String> gpus) {

    private static final Pattern ENV = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern HOSTNAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern GPU = Pattern.compile("(GPU|MIG)-[0-9A-Za-z/-]{1,120}");
    /** The engine refuses less than this. */
    private static final long MIN_MEMORY_BYTES = 6L << 20;

    public ContainerSpec {
        Specs.requireOurs(name);
        Specs.requireOurs(network);
        labels = Specs.requireLabels(labels);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        mounts = List.copyOf(mounts);
        require(HOSTNAME.matcher(hostname).matches(), "host name " + hostname);
        Specs.requireImage(image);
        require(cpuMillis > 0, "cpu limit " + cpuMillis);
        require(memoryBytes >= MIN_MEMORY_BYTES, "memory limit " + memoryBytes);
        env.forEach((key, value) ->
                require(ENV.matcher(key).matches() && value.indexOf('\0') < 0, "environment variable " + key));
        gpus = List.copyOf(gpus);
        gpus.forEach(gpu -> require(isGpu(gpu), "GPU " + gpu));
        require(gpus.stream().distinct().count() == gpus.size(), "a GPU twice");
        require(mounts.stream().map(Mount::path).distinct().count() == mounts.size(), "two volumes at one path");
    }

    /** One that is given neither secrets nor GPUs. */
    public ContainerSpec(
            String name,
            String hostname,
            String image,
            String network,
            long cpuMillis,
            long memoryBytes,
            Map<String, String> env,
            List<Mount> mounts,
            Map<String, String> labels) {
        this(name, hostname, image, network, cpuMillis, memoryBytes, env, mounts, labels, false, List.of());
    }

    /** Environment may hold secrets. */
    @Override
    public String toString() {
        return name + " of " + image;
    }

    /** One device by the driver's name for it, which says which: an index would be another's after a restart. */
    static boolean isGpu(String gpu) {
        return GPU.matcher(gpu).matches();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new EngineException("refused: " + what);
        }
    }

    /** @param volume name on the engine of a volume of ours */
    public record Mount(String volume, String path) {
        private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");
        /** At or under these the kernel or the engine has its own say; under the last, NVIDIA's runtime finds GPUs to give. */
        private static final Pattern FORBIDDEN =
                Pattern.compile("/(proc|sys|dev|(var/)?run/nvidia-container-devices)(/.*)?");

        public Mount {
            Specs.requireOurs(volume);
            requirePath(path);
        }

        static void requirePath(String path) {
            boolean dots = List.of(path.split("/", -1)).stream().anyMatch(s -> s.equals(".") || s.equals(".."));
            require(
                    PLAIN.matcher(path).matches()
                            && !dots
                            && !FORBIDDEN.matcher(path).matches(),
                    "mount path " + path);
        }
    }
}
