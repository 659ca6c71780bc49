package dev.trailer.agent.service.engine;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.protocol.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that the agent asks of an engine. Every call has a time limit and throws {@link EngineException}, or its child {@link
 * EngineDownException} where the engine does not answer at all. Each change is idempotent: what is there already, or gone
 * already, is success. Safe for many threads.
 */
public interface ContainerEngine extends AutoCloseable {
    /** Nothing but whether it answers; known within seconds also of one that hangs, where a list would take its time. */
    void ping();

    EngineInfo info();

    /** Everything there is, others' too; how containers run and ended only for those that are {@code us}'s. */
    Observed observe(Identity us);

    /** What a running container has used. */
    Usage usage(String container);

    /**
     * What the files of our volumes take, by the volume's id. The engine looks at every file of every volume, anybody's, so
     * this may take minutes: not for the path on which things are made true.
     */
    Map<String, Long> volumeSizes(Identity us);

    /** The IPv4 subnets of all networks. */
    List<Subnet> subnets();

    boolean hasImage(String reference);

    /** The health check that a container's image comes with. The engine itself runs none. */
    Optional<HealthCheck> healthCheck(String container);

    /**
     * Builds and tags; takes the tag from whatever had it. Interrupted, or after half an hour, it leaves off and tags nothing.
     *
     * @param log called with each line of output, from one thread
     * @return the engine's id of the image
     */
    String build(BuildSpec spec, Consumer<String> log);

    void pull(String reference, Consumer<String> log);

    /** From a registry that asks who one is. The engine keeps nothing of it. */
    void pull(String reference, RegistryLogin login, Consumer<String> log);

    /**
     * Takes a name away, and the image with its last one. Refuses what a container uses, running or not.
     *
     * @param reference a name, or the engine's id of an image without one
     */
    void removeImage(String reference);

    void createNetwork(NetworkSpec spec);

    void removeNetwork(String id);

    void createVolume(VolumeSpec spec);

    /** Deletes the data. Refuses a volume that does not carry the spec's labels. */
    void removeVolume(VolumeSpec spec);

    /** @return the engine's id of the container */
    String createContainer(ContainerSpec spec);

    /** Whether archives, below, are all that a volume holds with their owners, and get into it. Where not, none is made. */
    boolean hasArchives();

    /** @return the engine's id of the container */
    String createHelper(HelperSpec spec);

    /** What a container's files are read by. */
    @FunctionalInterface
    interface ArchiveReader {
        /**
         * @param tar ends early, with an exception, where the engine does
         * @throws IOException if what it is written to fails; passed on as it is
         */
        void read(InputStream tar) throws IOException;
    }

    /**
     * Reads the files of a container that does not run as a tar archive, whose entries begin with the last part of the path.
     *
     * @throws IOException the reader's own
     */
    void readArchive(String container, String path, ArchiveReader reader) throws IOException;

    /**
     * Unpacks a tar archive into a directory of a container that does not run, over what is there.
     *
     * @throws IOException the stream's own
     */
    void writeArchive(String container, String path, InputStream tar) throws IOException;

    /** @param container id or name, here and below */
    void startContainer(String container);

    void stopContainer(String container, Duration grace);

    /**
     * Runs a command inside of a running container until it ends, its limit has passed, or the caller is interrupted; in the
     * last two cases it is ended.
     */
    Exec.Result exec(Exec exec);

    /** Takes a container that does not run, and its writable layer, away; never a named volume. */
    void removeContainer(String container);

    /**
     * Calls back, from any thread, when something may have changed and when watching ends. It only wakes: what changed must
     * be looked up.
     *
     * @param ended called once, when the engine stops telling; watch again then
     */
    AutoCloseable watch(Runnable changed, Runnable ended);

    @Override
    void close();
}
