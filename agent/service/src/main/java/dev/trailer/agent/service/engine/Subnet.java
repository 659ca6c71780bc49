package dev.trailer.agent.service.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 subnet.
 *
 * @param address its first address as an unsigned 32-bit number
 * @param bits length of the prefix, 0 to 32
 */
public record Subnet(long address, int bits) {
    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    public Subnet {
        if (bits < 0 || bits > 32 || address < 0 || address > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("no IPv4 subnet: " + address + "/" + bits);
        }
        address -= address % (1L << (32 - bits));
    }

    /** Empty for what is not IPv4. */
    public static Optional<Subnet> parse(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            address = address << 8 | Integer.parseInt(matcher.group(i));
        }
        return Optional.of(new Subnet(address, Integer.parseInt(matcher.group(5))));
    }

    public long size() {
        return 1L << (32 - bits);
    }

    public boolean overlaps(Subnet other) {
        return address < other.address + other.size() && other.address < address + size();
    }

    @Override
    public String toString() {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255) + "/"
                + bits;
    }
}
