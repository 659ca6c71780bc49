package dev.trailer.domain;

/**
 * Computing power, asked for or offered.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param gpus whole devices
 */
public record Resources(long cpuMillis, long memoryBytes, int gpus) {
    public static final Resources NONE = new Resources(0, 0, 0);

    public Resources {
        if (cpuMillis < 0 || memoryBytes < 0 || gpus < 0) {
            throw new IllegalArgumentException("resources must not be negative");
        }
    }

    public boolean fitsIn(Resources free) {
        return cpuMillis <= free.cpuMillis && memoryBytes <= free.memoryBytes && gpus <= free.gpus;
    }

    public Resources plus(Resources other) {
        return new Resources(
                Math.addExact(cpuMillis, other.cpuMillis),
                Math.addExact(memoryBytes, other.memoryBytes),
                Math.addExact(gpus, other.gpus));
    }

    /** What is left of this after {@code other}, never below zero: a host may have shrunk under its workspaces. */
    public Resources minus(Resources other) {
        return new Resources(
                Math.max(0, cpuMillis - other.cpuMillis),
                Math.max(0, memoryBytes - other.memoryBytes),
                Math.max(0, gpus - other.gpus));
    }
}
