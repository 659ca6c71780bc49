package dev.trailer.bench;

import java.util.ArrayList;

/** Compares two rates. */
public final class Rates {
    /** Ours and the limit in turn, so that what else happens on the machine meets both. */
    private static final int ROUNDS = 2;

    private Rates() {}

    /** Measures once. */
    @FunctionalInterface
    public interface Rate {
        double perSecond() throws Exception;
    }

    /** @return the medians of both */
    public static Figure compare(String name, Rate ours, Rate limit, Bar bar, String unit) throws Exception {
        return compare(name, ROUNDS, ours, limit, bar, unit);
    }

    public static Figure compare(String name, int rounds, Rate ours, Rate limit, Bar bar, String unit)
            throws Exception {
        var measured = new ArrayList<Double>();
        var possible = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            measured.add(ours.perSecond());
            possible.add(limit.perSecond());
        }
        return new Figure(
                name, Sample.of(measured).median(), Sample.of(possible).median(), bar, unit);
    }
}
