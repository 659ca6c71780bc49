package dev.trailer.command.images;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.NameHints;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import java.util.Optional;

/** Finds images by name. Any thread. */
public final class ImageLookup {
    private final Aggregates aggregates;
    private final NameHints holders;

    public ImageLookup(Claims claims, Aggregates aggregates) {
        this.aggregates = aggregates;
        this.holders = new NameHints(claims, NameSpace.IMAGES);
    }

    /** The image that holds a name now; retired ones hold none. */
    public Optional<Image> active(String name) {
        return holders.find(
                name,
                id -> aggregates.image(new ImageId(id)),
                found -> !found.retired() && found.name().value().equals(name));
    }
}
