package dev.trailer.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values, sorted. Pure. */
public final class Sample {
    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** @throws IllegalArgumentException if there are none: then there is nothing to say */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    public static Sample of(Collection<? extends Number> values) {
        return of(values.stream().mapToDouble(Number::doubleValue).toArray());
    }

    public int size() {
        return sorted.length;
    }

    /** The middle one; between the two middle ones, if they are even in number. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The least value that at least this share of all does not exceed (nearest rank).
     *
     * @param share above 0, at most 1
     */
    public double percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1");
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
