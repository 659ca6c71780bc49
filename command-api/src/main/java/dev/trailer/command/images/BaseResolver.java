package dev.trailer.command.images;

import dev.trailer.api.ErrorList;
import dev.trailer.domain.image.ImageRef;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the image of ours that a Dockerfile builds on, and pins its version. */
public final class BaseResolver {
    private static final Pattern FROM =
            Pattern.compile("(?im)^[ \\t]*FROM[ \\t]+(?:--platform=\\S+[ \\t]+)?trailer/([^\\s:@]+)(?::(\\S+))?");

    private final ImageLookup images;

    public BaseResolver(ImageLookup images) {
        this.images = images;
    }

    /** @return null if it does not build on an image of ours, or if that, as noted, cannot be found */
    @Nullable
    ImageRef baseOf(String dockerfile, ErrorList errors) {
        var from = FROM.matcher(dockerfile);
        ImageRef base = null;
        while (from.find()) {
            var next = resolve(from.group(1), from.group(2), errors);
            if (next != null && base != null && !base.equals(next)) {
                errors.add("/dockerfile", "several_bases", "may build on one image of this installation only");
            }
            base = next == null ? base : next;
        }
        return base;
    }

    private @Nullable ImageRef resolve(String name, @Nullable String tag, ErrorList errors) {
        var image = images.active(name);
        if (image.isEmpty()) {
            errors.add("/dockerfile", "unknown_image", "FROM trailer/" + name + ": there is no image of this name");
            return null;
        }
        var latest = image.get().latest();
        if (tag == null || tag.equals("latest")) {
            return latest;
        }
        if (tag.matches("[1-9][0-9]{0,5}") && Integer.parseInt(tag) <= latest.version()) {
            return new ImageRef(latest.id(), latest.name(), Integer.parseInt(tag));
        }
        errors.add(
                "/dockerfile",
                "unknown_version",
                "FROM trailer/" + name + ": it has versions 1 to " + latest.version());
        return null;
    }
}
