package dev.trailer.domain.image;

import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.name.ImageName;
import java.util.LinkedHashMap;
import java.util.List;

/** For tests: images. */
public final class Images {
    public static final ImageId ID = id(1);
    public static final ImageName NAME = new ImageName("base");
    static final ImageSource POSTGRES = new ImageSource.Reference("postgres:18");
    static final ImageSource DEBIAN = dockerfile("FROM debian:12");
    static final ImageDefined DEFINED = new ImageDefined(ID, NAME, DEBIAN, 1, 1);

    private Images() {}

    public static ImageId id(int n) {
        return new ImageId("00000000-0000-4000-8000-00000000b%03x".formatted(n));
    }

    public static ImageRef version(int version) {
        return new ImageRef(ID, NAME, version);
    }

    static ImageSource.Dockerfile dockerfile(String text) {
        return new ImageSource.Dockerfile(text, new LinkedHashMap<>(), new LinkedHashMap<>(), null);
    }

    static Image after(ImageEvent... events) {
        return List.of(events).stream().reduce(Image.evolve(null, DEFINED), Image::evolve, (a, b) -> b);
    }
}
