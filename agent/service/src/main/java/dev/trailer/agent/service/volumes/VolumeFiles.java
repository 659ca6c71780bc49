package dev.trailer.agent.service.volumes;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.service.engine.BuildContext;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.HelperSpec;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and replaces what volumes hold, by way of containers that never run: so it needs nothing of any image, and nothing of
 * what a workspace left in a volume is ever executed. Safe for many threads, but one at a time for each volume.
 */
public final class VolumeFiles {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeFiles.class);
    /** Archives of ours hold the volume as one directory, so that whose it is comes along. */
    static final String ROOT = HelperSpec.PATH.substring(1);

    /** Never started, so it needs no more than to exist. */
    private static final String EMPTY_IMAGE = "FROM scratch\nCMD [\"none\"]\n";

    /** Without a byte for so long, a copy is given up: an engine that hangs would hold its lane for ever. */
    private static final Duration STALL = Duration.ofMinutes(2);

    private final Identity us;
    private final ContainerEngine engine;

    public VolumeFiles(Identity us, ContainerEngine engine) {
        this.us = us;
        this.engine = engine;
    }

    /** Called just before what a volume held is given up; what it throws keeps it. */
    interface Beginning {
        void begins() throws IOException;
    }

    /** How an archive is read. */
    interface Reader {
        void read(TarStream tar) throws IOException;
    }

    /** What a volume holds. An engine that ends early is told of by the stream. */
    void read(String volume, Reader reader) throws IOException {
        requireArchives();
        // The engine would make one that is not there, without our labels.
        engine.createVolume(spec(volume));
        var helper = helper(Names.helper(volume), volume, volume);
        try {
            engine.readArchive(helper, HelperSpec.PATH, in -> reader.read(new TarStream(in)));
        } finally {
            removeHelper(helper);
        }
    }

    /**
     * Replaces what a volume holds. Whatever breaks it off, the volume is marked as one that is not whole, until it was done
     * again or the volume removed.
     */
    void replace(String volume, InputStream archive, Beginning beginning) throws IOException {
        var tar = new TarStream(archive);
        requireArchives();
        beginning.begins();
        engine.createVolume(marker(volume));
        engine.removeContainer(Names.helper(volume));
        engine.removeVolume(spec(volume));
        engine.createVolume(spec(volume));
        var helper = helper(Names.helper(volume), volume, volume);
        try {
            engine.writeArchive(helper, tar.isRootedAt(ROOT) ? "/" : HelperSpec.PATH, tar);
        } finally {
            removeHelper(helper);
        }
        engine.removeVolume(marker(volume));
    }

    /** Fills a volume with what another holds; done again, it begins anew. */
    public void copy(String from, String to) {
        requireArchives();
        boolean isThere = engine.observe(us).volumes().stream()
                .anyMatch(volume -> volume.name().equals(Names.volume(from)) && us.owns(volume.labels()));
        if (!isThere) {
            throw new EngineException("the volume " + from + " to be copied is not on the engine");
        }
        var source = helper(Names.helper(to) + "-from", from, to);
        try (var watch = StallWatch.over(Thread.currentThread(), STALL)) {
            engine.readArchive(source, HelperSpec.PATH, in -> replace(to, watch.watching(in), () -> {}));
        } catch (IOException e) {
            throw new EngineException("the copy broke off: " + e.getMessage(), e);
        } finally {
            removeHelper(source);
        }
    }

    /** Before anything is given up. */
    private void requireArchives() {
        if (!engine.hasArchives()) {
            throw new EngineException("this host's engine cannot copy what volumes hold without losing whose it is");
        }
    }

    /** Deletes the data. */
    public void remove(String volume) {
        engine.removeVolume(spec(volume));
        engine.removeVolume(marker(volume));
    }

    /** @param about the volume in whose lane it is made and removed */
    private String helper(String name, String volume, String about) {
        // A digit first: no image that people define is called so.
        var image = "trailer/0-helper-" + us.install() + ":1";
        if (!engine.hasImage(image)) {
            engine.build(
                    new BuildSpec(image, new BuildContext(EMPTY_IMAGE, Map.of()), Map.of(), us.labels(), false),
                    _ -> {});
        }
        return engine.createHelper(new HelperSpec(name, image, Names.volume(volume), labels(Labels.HELPER, about)));
    }

    /** Where this fails, the planner finds it by its label and tries again. */
    private void removeHelper(String container) {
        try {
            engine.removeContainer(container);
        } catch (RuntimeException e) {
            LOG.debug("helper {} is left for later: {}", container, e.getMessage());
        }
    }

    private VolumeSpec spec(String volume) {
        return new VolumeSpec(Names.volume(volume), labels(Labels.VOLUME, volume));
    }

    private VolumeSpec marker(String volume) {
        return new VolumeSpec(Names.filling(volume), labels(Labels.VOLUME, volume));
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }
}
