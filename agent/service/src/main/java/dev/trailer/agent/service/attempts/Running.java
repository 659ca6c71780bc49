package dev.trailer.agent.service.attempts;

import dev.trailer.agent.protocol.Step;

/** An attempt that is being made. Used by the thread of its lane; what it says may come from another one. */
public interface Running {
    /** Told to the server, and named by failures. */
    String id();

    /** The step before, if any, has ended. */
    void begins(Step step);

    /** A line of the engine's output. */
    void said(String line);

    void done();

    /** Nobody's fault: the engine or the lease is gone, or it is not wanted any more. */
    void left(String why);

    /** @return what to report of it: the words, with the last lines that the step said */
    String failed(String words);

    /** No step follows. */
    void ends();
}
