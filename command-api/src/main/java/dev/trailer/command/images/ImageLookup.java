package dev.trailer.command.images;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import java.util.Optional;

/** Finds images by name. Any thread. */
public final class ImageLookup {
    private final Claims claims;
    private final Aggregates aggregates;

    public ImageLookup(Claims claims, Aggregates aggregates) {
        this.claims = claims;
        this.aggregates = aggregates;
    }

    /** The image that holds a name now; retired ones hold none. */
    public Optional<Image> active(String name) {
        return claims.holderOf(NameSpace.IMAGES, name).flatMap(id -> aggregates.image(new ImageId(id)));
    }
}
