package dev.trailer.agent.service.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux tells of the whole machine at one moment.
 *
 * @param busyTicks of all processors since the machine started, neither idle nor waiting for a disk
 * @param allTicks of all processors since then
 * @param availableBytes of memory that could be had without swapping
 * @param load1 the load average of one minute
 */
record MachineLook(long busyTicks, long allTicks, long totalBytes, long availableBytes, double load1) {
    private static final Path PROC = Path.of("/proc");
    /** User, nice, system, idle, iowait, irq, softirq, steal; guests' times come after and are in user's already. */
    private static final int KINDS_OF_TICKS = 8;

    private static final int IDLE = 3;
    private static final int WAITING = 4;

    /** @throws IOException where there is no such system, or it tells something else */
    static MachineLook now() throws IOException {
        return parse(
                Files.readAllLines(PROC.resolve("stat")),
                Files.readAllLines(PROC.resolve("meminfo")),
                Files.readString(PROC.resolve("loadavg")));
    }

    static MachineLook parse(List<String> stat, List<String> meminfo, String loadavg) throws IOException {
        try {
            var ticks = words(starting("cpu ", stat));
            long all = 0;
            for (int kind = 0; kind < KINDS_OF_TICKS; kind++) {
                all += Long.parseLong(ticks[1 + kind]);
            }
            long idle = Long.parseLong(ticks[1 + IDLE]) + Long.parseLong(ticks[1 + WAITING]);
            return new MachineLook(
                    all - idle,
                    all,
                    bytes(starting("MemTotal:", meminfo)),
                    bytes(starting("MemAvailable:", meminfo)),
                    Double.parseDouble(words(loadavg)[0]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("/proc says what is not understood", e);
        }
    }

    /** The share of all processors that was busy since an earlier look, 0 to 1. */
    double busySince(MachineLook earlier) {
        long all = allTicks - earlier.allTicks;
        return all <= 0 ? 0 : Math.clamp((double) (busyTicks - earlier.busyTicks) / all, 0, 1);
    }

    long usedBytes() {
        return totalBytes - availableBytes;
    }

    private static String starting(String name, List<String> lines) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc says nothing of " + name.strip()));
    }

    /** The kernel writes kibibytes, whatever it calls them. */
    private static long bytes(String line) {
        return Long.parseLong(words(line)[1]) * 1024;
    }

    private static String[] words(String line) {
        return line.strip().split("\\s+");
    }
}
