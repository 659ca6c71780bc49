package dev.trailer.domain.host;

import dev.trailer.domain.Resources;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.name.HostName;
import java.time.Instant;
import java.util.List;

/** For tests: hosts. */
public final class Hosts {
    public static final HostId ID = id(1);
    public static final HostName NAME = new HostName("attic");
    public static final HostRef ATTIC = new HostRef(ID, NAME);
    public static final HostRef CELLAR = new HostRef(id(2), new HostName("cellar"));
    public static final Instant YESTERDAY = Instant.parse("2026-01-01T12:00:00Z");
    static final HostRegistered REGISTERED = new HostRegistered(ID, NAME);

    private Hosts() {}

    public static HostId id(int n) {
        return new HostId("00000000-0000-4000-8000-00000000a%03x".formatted(n));
    }

    public static Capability capability(long cores, long gib) {
        return new Capability(
                new Resources(cores * 1000, gib << 30, 0), "docker", "29.0", "1.52", "linux", "amd64", "0.1");
    }

    static Host after(HostEvent... events) {
        return List.of(events).stream().reduce(Host.evolve(null, REGISTERED), Host::evolve, (a, b) -> b);
    }
}
