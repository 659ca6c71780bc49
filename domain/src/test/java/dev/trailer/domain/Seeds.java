package dev.trailer.domain;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property under many seeds and names the seed that breaks it. Seeds are new in every run; {@code
 * -Dtrailer.seed=N} runs the one that a failure has printed.
 */
public final class Seeds {
    private static final int RUNS = 300;

    private Seeds() {}

    public static void forEach(Consumer<Random> property) {
        Long only = Long.getLong("trailer.seed");
        if (only != null) {
            run(only, property);
            return;
        }
        long first = System.nanoTime();
        for (long seed = first; seed < first + RUNS; seed++) {
            run(seed, property);
        }
    }

    private static void run(long seed, Consumer<Random> property) {
        try {
            property.accept(new Random(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("with -Dtrailer.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @SafeVarargs
    public static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
