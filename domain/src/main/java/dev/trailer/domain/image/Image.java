package dev.trailer.domain.image;

import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.domain.name.ImageName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An image as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param generation counts intent, from 1
 * @param sources one per version, the first at index 0
 * @param lastBuild the number of the latest build, 0 before the first
 * @param openBuilds builds without a final outcome, by number
 */
public record Image(
        ImageId id,
        ImageName name,
        long version,
        long generation,
        List<ImageSource> sources,
        int lastBuild,
        SequencedMap<Integer, OpenBuild> openBuilds,
        boolean retired) {

    /** @param latest what was last said of it, null right after the request */
    public record OpenBuild(HostRef host, @Nullable BuildOutcome latest) {}

    public Image {
        sources = List.copyOf(sources);
        openBuilds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(openBuilds));
    }

    public int latestVersion() {
        return sources.size();
    }

    public ImageRef latest() {
        return new ImageRef(id, name, latestVersion());
    }

    /** @param state null before the first event */
    public static Image evolve(@Nullable Image state, ImageEvent event) {
        if (state == null && event instanceof ImageDefined e) {
            return new Image(
                    e.image(), e.name(), 1, e.generation(), List.of(e.source()), 0, new LinkedHashMap<>(), false);
        }
        var was = Objects.requireNonNull(state, "the first event of an image is its definition");
        return switch (event) {
            case ImageDefined e -> throw new IllegalStateException("defined twice: " + e.image());
            case ImageRevised e -> {
                var sources = new ArrayList<>(was.sources);
                sources.add(e.source());
                yield was.next(e.generation(), sources, was.lastBuild, was.openBuilds, was.retired);
            }
            case BuildRequested e -> {
                var open = new LinkedHashMap<>(was.openBuilds);
                open.put(e.build(), new OpenBuild(e.host(), null));
                yield was.next(was.generation, was.sources, e.build(), open, was.retired);
            }
            case BuildRecorded e -> {
                var open = new LinkedHashMap<>(was.openBuilds);
                switch (e.outcome()) {
                    case BuildOutcome.Building building -> open.put(e.build(), new OpenBuild(e.host(), building));
                    case BuildOutcome.Succeeded _, BuildOutcome.Failed _ -> open.remove(e.build());
                }
                yield was.next(was.generation, was.sources, was.lastBuild, open, was.retired);
            }
            case BuildCancelled e -> {
                var open = new LinkedHashMap<>(was.openBuilds);
                open.remove(e.build());
                yield was.next(was.generation, was.sources, was.lastBuild, open, was.retired);
            }
            case VersionGone _ -> was.next(was.generation, was.sources, was.lastBuild, was.openBuilds, was.retired);
            case ImageRetired e -> was.next(e.generation(), was.sources, was.lastBuild, was.openBuilds, true);
        };
    }

    private Image next(
            long generation,
            List<ImageSource> sources,
            int lastBuild,
            SequencedMap<Integer, OpenBuild> openBuilds,
            boolean retired) {
        return new Image(id, name, version + 1, generation, sources, lastBuild, openBuilds, retired);
    }
}
