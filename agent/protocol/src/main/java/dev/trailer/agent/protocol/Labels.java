package dev.trailer.agent.protocol;

/** The labels on everything that Trailer creates on an engine. */
public final class Labels {
    public static final String INSTALL = "dev.trailer.install";
    public static final String HOST = "dev.trailer.host";
    /** The workspace's id. */
    public static final String WORKSPACE = "dev.trailer.workspace";
    /** On containers: the generation that made it. */
    public static final String GENERATION = "dev.trailer.generation";
    /** On volumes: the volume's id. */
    public static final String VOLUME = "dev.trailer.volume";

    /** On images that were built anew: the number of the last build that demanded it. */
    public static final String BUILD = "dev.trailer.build";

    /** On containers: how many GPUs it was made with. Which they are, the engine says itself. */
    public static final String GPUS = "dev.trailer.gpus";

    /** On containers that never run and only give access to a volume: the volume's id, or what it is about. */
    public static final String HELPER = "dev.trailer.helper";

    private Labels() {}
}
