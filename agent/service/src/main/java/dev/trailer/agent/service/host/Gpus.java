package dev.trailer.agent.service.host;

/** The GPUs that workspaces may be given. */
public interface Gpus {
    /** No GPU is offered until they can be detected and passed through. */
    Gpus NONE = () -> 0;

    int count();
}
