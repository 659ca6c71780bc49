package dev.trailer.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a figure should reach. */
public sealed interface Bar {
    /** Ours divided by the limit is at least this: of what the machine could do we do so much. */
    record RatioAtLeast(double value) implements Bar {}

    /** Ours divided by the limit is at most this: we take so much longer than the bare work. */
    record RatioAtMost(double value) implements Bar {}

    /** Ours itself is at most this, in the figure's unit. */
    record AtMost(double value) implements Bar {}

    /** For the record. */
    record None() implements Bar {}

    default boolean metBy(double ours, @Nullable Double limit) {
        return switch (this) {
            case RatioAtLeast bar -> limit != null && ours / limit >= bar.value;
            case RatioAtMost bar -> limit != null && ours / limit <= bar.value;
            case AtMost bar -> ours <= bar.value;
            case None _ -> true;
        };
    }

    default String text() {
        return switch (this) {
            case RatioAtLeast bar -> String.format(Locale.ROOT, "≥ %.2f", bar.value);
            case RatioAtMost bar -> String.format(Locale.ROOT, "≤ %.2f", bar.value);
            case AtMost bar -> "ours ≤ " + Figure.number(bar.value);
            case None _ -> "-";
        };
    }
}
