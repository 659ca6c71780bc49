package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;

/** What our things are called on an engine. Fixed, so that making one twice ends in one. */
public final class Names {
    /**
     * On images: {@code <image id>/<version>}. A tag alone proves nothing: another install on the same engine, or one
     * that was here before, may have used the same name and version for something else.
     */
    public static final String IMAGE_LABEL = "dev.trailer.image";

    /**
     * On images: the host whose agent built it. Not {@code dev.trailer.host}, which containers would inherit: that would make
     * whatever anybody starts from our images ours.
     */
    public static final String BUILT_BY_LABEL = "dev.trailer.built-by";

    /** What our names of images begin with. */
    static final String IMAGES = "trailer/";

    private Names() {}

    public static String container(String workspace, long containerGeneration) {
        return "trailer-" + workspace + "-" + containerGeneration;
    }

    public static String network(String workspace) {
        return "trailer-" + workspace;
    }

    public static String volume(String volume) {
        return "trailer-" + volume;
    }

    /** An empty volume that is there while what the other holds is not whole: the engine cannot be told so otherwise. */
    public static String filling(String volume) {
        return volume(volume) + "-filling";
    }

    /** The container that never runs and gives access to a volume. */
    public static String helper(String volume) {
        return volume(volume) + "-helper";
    }

    public static String image(ImageRef image) {
        return IMAGES + image.name() + ":" + image.version();
    }

    public static String imageLabel(ImageRef image) {
        return image.id() + "/" + image.version();
    }

    /** The lane in which work on an image is done, one at a time. */
    static String imageLane(ImageRef image) {
        return imageLane(imageLabel(image));
    }

    /** @param label as {@link #imageLabel} makes it */
    static String imageLane(String label) {
        return "image:" + label;
    }

    public static String volumeLane(String volume) {
        return "volume:" + volume;
    }
}
