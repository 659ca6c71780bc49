package dev.trailer.query.images;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.query.view.ViewTable;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What versions of images are made from, as agents are told. Any thread; blocks on the database. */
public final class ImageDefinitions {
    /** The view that this reads. */
    public static final String VIEW = ImageProjector.NAME;

    /** More than anybody stacks. */
    private static final int MAX_DEPTH = 16;

    private final ViewTable<ImageRow> table;

    ImageDefinitions(ViewTable<ImageRow> table) {
        this.table = table;
    }

    /**
     * A version and those that it is built on, as they are built: by what agents call their work on them, what people call
     * them ({@code name:version}).
     */
    public SequencedMap<String, String> withBases(ImageRef image) {
        var names = new LinkedHashMap<String, String>();
        ImageRef next = image;
        while (next != null && names.size() < MAX_DEPTH) {
            var subject = "image:" + next.id().value() + "/" + next.version();
            names.putFirst(subject, next.name().value() + ":" + next.version());
            next = baseOf(next);
        }
        return names;
    }

    private @Nullable ImageRef baseOf(ImageRef image) {
        return table.find(image.id().value())
                .map(row -> row.state().sources())
                .filter(sources -> image.version() <= sources.size())
                .map(sources -> sources.get(image.version() - 1) instanceof ImageSource.Dockerfile d ? d.base() : null)
                .orElse(null);
    }

    /** @return empty if there is no such version, or the view does not know it yet */
    public Optional<ImageDefinition> of(ImageId image, int version) {
        return table.find(image.value())
                .map(row -> row.state().sources())
                .filter(sources -> version >= 1 && version <= sources.size())
                .map(sources -> definition(sources.get(version - 1)));
    }

    // javac leaves out the @Nullable of a compact constructor's parameter in the class file, so NullAway does not see
    // it.
    @SuppressWarnings("NullAway")
    private static ImageDefinition definition(ImageSource source) {
        var named = source.secret();
        var secret = named == null ? null : named.id().value();
        return switch (source) {
            case ImageSource.Dockerfile d -> {
                var base = d.base();
                yield new ImageDefinition.Dockerfile(
                        d.text(),
                        d.files(),
                        d.buildArgs(),
                        base == null
                                ? null
                                : new DesiredResource.ImageRef(
                                        base.id().value(), base.name().value(), base.version()),
                        secret);
            }
            case ImageSource.Reference r -> new ImageDefinition.Reference(r.reference(), secret);
        };
    }
}
