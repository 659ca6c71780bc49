package dev.trailer.agent.service.host;

import dev.trailer.agent.service.engine.Subnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The subnets that this machine routes already; a workspace's network must not hide one. */
public final class Routes {
    private static final Path TABLE = Path.of("/proc/net/route");

    private Routes() {}

    /** Empty where the table cannot be read; the default route is left out, it overlaps everything. */
    public static List<Subnet> current() {
        try {
            return parse(Files.readAllLines(TABLE));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** @param lines of {@code /proc/net/route}: numbers in hexadecimal, addresses least significant byte first */
    static List<Subnet> parse(List<String> lines) {
        var subnets = new ArrayList<Subnet>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length > 7 && !fields[7].equals("00000000")) {
                long address = Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(fields[1], 16)));
                subnets.add(new Subnet(address, Integer.bitCount(Integer.parseUnsignedInt(fields[7], 16))));
            }
        }
        return subnets;
    }
}
