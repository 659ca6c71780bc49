package dev.trailer.bench;

import java.util.List;

/** Figures that are measured together. One thread; cleans up after itself however it ends. */
public interface Benchmark {
    /** Their names: words of the field, then what varies. */
    List<String> figures();

    /** Measures those that are wanted and reports each as soon as it is known. */
    void run(Run run) throws Exception;
}
