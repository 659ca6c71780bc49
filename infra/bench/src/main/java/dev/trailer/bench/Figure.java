package dev.trailer.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of what was measured.
 *
 * @param limit what the machine does with the bare work, in the same unit and the same run; null where the bar is absolute
 */
public record Figure(String name, double ours, @Nullable Double limit, Bar bar, String unit) {

    public @Nullable Double ratio() {
        return limit == null ? null : ours / limit;
    }

    public boolean met() {
        return bar.metBy(ours, limit);
    }

    /** Three digits that count: enough to compare, not more than one run is good for. */
    static String number(@Nullable Double value) {
        if (value == null) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
