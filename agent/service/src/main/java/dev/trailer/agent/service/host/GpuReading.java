package dev.trailer.agent.service.host;

import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostGpus.Gpu;
import dev.trailer.agent.service.host.NvidiaSmi.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nvidia-smi} has said, understood. Pure. Fields in brackets, such as {@code [N/A]} or {@code [Not
 * Supported]}, are what a GPU does not tell; whatever else is not as expected makes a trouble, never an error.
 */
record GpuReading(HostGpus gpus, List<GpuUsage> usages) {
    /** The name is last, as it alone might hold a comma. */
    static final List<String> QUERY = query("mig.mode.current,");
    /** For drivers older than 450, which refuse a field that they do not know. */
    static final List<String> OLD_QUERY = query("");
    /** Tells the slices of those that are cut up, which no query does. */
    static final List<String> LIST = List.of("-L");

    /** More than the largest machines have, each cut into seven; a bound on what is reported. */
    static final int MAX_DEVICES = 128;

    private static final long MIB = 1L << 20;
    /** Its status where a GPU's own memory of its making is damaged: a warning, all else is told. */
    private static final int INFOROM_DAMAGED = 14;

    private static final String CUT_UP = "Enabled";
    private static final Pattern UUID = Pattern.compile("GPU-[0-9A-Za-z-]{1,80}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern LISTED = Pattern.compile("GPU \\d+: .*\\(UUID: (GPU-[0-9A-Za-z-]{1,80})\\)");
    private static final Pattern SLICE =
            Pattern.compile("\\s+MIG (\\S+)\\s+Device\\s+\\d+: \\(UUID: (MIG-[0-9A-Za-z/-]{1,120})\\)");
    /** A slice's profile names its memory: {@code 3g.20gb}, {@code 1c.3g.20gb}, {@code 1g.10gb+me}. */
    private static final Pattern PROFILE = Pattern.compile(".*\\.(\\d{1,5})gb.*");

    GpuReading {
        usages = List.copyOf(usages);
    }

    private static List<String> query(String more) {
        return List.of(
                "--query-gpu=uuid,driver_version,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw,"
                        + more + "name",
                "--format=csv,noheader,nounits");
    }

    static boolean isTooOldFor(Said said) {
        return said instanceof Said.Ended ended && ended.text().contains("\"mig.mode.current\" is not a valid field");
    }

    static GpuReading in(GpuTrouble trouble) {
        return new GpuReading(new HostGpus(null, List.of(), trouble), List.of());
    }

    /** One GPU's line. */
    private record Row(String uuid, String driver, Gpu whole, boolean cutUp, GpuUsage usage) {
        /** @param fields how many a line has: with or without the one that old drivers lack */
        static @Nullable Row of(String line, int fields) {
            String[] field = line.split(", ", fields);
            if (field.length != fields || !UUID.matcher(field[0]).matches()) {
                return null;
            }
            Long total = bytes(field[2]);
            var whole = new Gpu(field[0], field[fields - 1].strip(), total == null ? 0 : total, null);
            var usage = new GpuUsage(
                    field[0], number(field[4]), bytes(field[3]), total, number(field[5]), number(field[6]));
            return new Row(field[0], field[1], whole, fields == 9 && field[7].equals(CUT_UP), usage);
        }
    }

    private static @Nullable Double number(String field) {
        return NUMBER.matcher(field.strip()).matches() ? Double.valueOf(field.strip()) : null;
    }

    private static @Nullable Long bytes(String field) {
        Double mebibytes = number(field);
        return mebibytes == null ? null : Math.round(mebibytes) * MIB;
    }

    /** Whether {@link #LIST} must be asked too. */
    static boolean hasSlices(Said said) {
        return said instanceof Said.Ended ended && rows(ended).values().stream().anyMatch(Row::cutUp);
    }

    private static Map<String, Row> rows(Said.Ended ended) {
        var rows = new LinkedHashMap<String, Row>();
        int fields = 9;
        for (String line : ended.text().lines().toList()) {
            Row row = Row.of(line, fields);
            if (row == null) {
                row = Row.of(line, fields - 1);
            }
            if (row != null) {
                rows.putIfAbsent(row.uuid(), row);
            }
        }
        return rows;
    }

    /** @param listed what {@link #LIST} said; null if nothing is cut up */
    static GpuReading of(Said said, @Nullable Said listed) {
        return switch (said) {
            case Said.TimedOut _ -> in(GpuTrouble.TIMED_OUT);
            case Said.TooMuch _ -> in(GpuTrouble.UNREADABLE);
            case Said.Ended ended -> of(ended, listed);
        };
    }

    private static GpuReading of(Said.Ended ended, @Nullable Said listed) {
        Map<String, Row> rows = rows(ended);
        if (rows.isEmpty()) {
            return ended.text().contains("No devices were found")
                    ? new GpuReading(HostGpus.NONE, List.of())
                    : in(ended.exit() == 0 ? GpuTrouble.UNREADABLE : GpuTrouble.DRIVER_FAILED);
        }
        long lines = ended.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: infoROM"))
                .count();
        boolean whole = lines == rows.size() && (ended.exit() == 0 || ended.exit() == INFOROM_DAMAGED);
        Map<String, List<Gpu>> slices = listed instanceof Said.Ended list ? slices(list, rows) : Map.of();
        var devices = new ArrayList<Gpu>();
        for (Row row : rows.values()) {
            if (row.cutUp()) {
                whole &= slices.containsKey(row.uuid());
                devices.addAll(slices.getOrDefault(row.uuid(), List.of()));
            } else {
                devices.add(row.whole());
            }
        }
        String driver = rows.values().iterator().next().driver();
        return new GpuReading(
                new HostGpus(
                        driver, devices.stream().limit(MAX_DEVICES).toList(), whole ? null : GpuTrouble.INCOMPLETE),
                rows.values().stream().map(Row::usage).limit(MAX_DEVICES).toList());
    }

    /** By the GPU's UUID; one that is listed with none has an entry too. */
    private static Map<String, List<Gpu>> slices(Said.Ended listed, Map<String, Row> rows) {
        var slices = new HashMap<String, List<Gpu>>();
        Row parent = null;
        for (String line : listed.text().lines().toList()) {
            Matcher gpu = LISTED.matcher(line);
            Matcher slice = SLICE.matcher(line);
            if (gpu.matches()) {
                parent = rows.get(gpu.group(1));
                if (parent != null) {
                    slices.put(parent.uuid(), new ArrayList<>());
                }
            } else if (slice.matches() && parent != null) {
                Matcher profile = PROFILE.matcher(slice.group(1));
                long bytes = profile.matches() ? Long.parseLong(profile.group(1)) << 30 : 0;
                String model = parent.whole().model() + " MIG " + slice.group(1);
                slices.getOrDefault(parent.uuid(), new ArrayList<>())
                        .add(new Gpu(slice.group(2), model, bytes, parent.uuid()));
            }
        }
        return slices;
    }
}
