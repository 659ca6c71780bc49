package dev.trailer.agent.gateway;

/** Which installation of Trailer this is. */
public interface Installation {
    /** The value of the label {@code dev.trailer.install} on everything that its agents create. */
    String id();
}
