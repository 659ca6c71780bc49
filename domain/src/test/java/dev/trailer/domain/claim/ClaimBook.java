package dev.trailer.domain.claim;

import dev.trailer.domain.Resources;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For tests: the ledger's claims, kept in maps as {@link Claim} describes them. All of a list is granted, or nothing. */
public final class ClaimBook {
    public record Placement(String pool, Resources promised) {}

    private record Name(NameSpace space, String name) {}

    private Map<Name, String> names = new LinkedHashMap<>();
    private Map<String, Resources> pools = new LinkedHashMap<>();
    private Map<String, Boolean> open = new LinkedHashMap<>();
    private Map<String, Placement> placements = new LinkedHashMap<>();

    public void grant(List<Claim> claims) {
        var before = copy();
        try {
            claims.forEach(this::grant);
        } catch (Refused e) {
            names = before.names;
            pools = before.pools;
            open = before.open;
            placements = before.placements;
            throw e;
        }
    }

    private void grant(Claim claim) {
        switch (claim) {
            case Claim.NameTaken c -> {
                var holder = names.putIfAbsent(new Name(c.space(), c.name()), c.holder());
                if (holder != null && !holder.equals(c.holder())) {
                    throw new Refused(new Reason.NameInUse(c.space().kind(), c.name()));
                }
            }
            case Claim.NameFreed c -> names.remove(new Name(c.space(), c.name()), c.holder());
            case Claim.CapacityOffered c -> pools.put(c.pool(), c.total());
            case Claim.PoolOpened c -> open.put(c.pool(), c.open());
            case Claim.CapacityWithdrawn c -> {
                var holders = placements.values().stream()
                        .filter(p -> p.pool().equals(c.pool()))
                        .count();
                if (holders > 0) {
                    throw new Refused(new Reason.HostInUse((int) holders));
                }
                pools.remove(c.pool());
                open.remove(c.pool());
            }
            case Claim.Placed c -> place(c);
            case Claim.Displaced c -> placements.remove(c.holder());
        }
    }

    private void place(Claim.Placed c) {
        var total = pools.get(c.pool());
        placements.remove(c.holder());
        if (total == null
                || (!c.promised().equals(Resources.NONE) && !c.promised().fitsIn(total.minus(promisedIn(c.pool()))))) {
            throw new Refused(new Reason.NoCapacity(c.poolName(), c.promised()));
        }
        placements.put(c.holder(), new Placement(c.pool(), c.promised()));
    }

    public Resources promisedIn(String pool) {
        return placements.values().stream()
                .filter(p -> p.pool().equals(pool))
                .map(Placement::promised)
                .reduce(Resources.NONE, Resources::plus);
    }

    public @Nullable String holderOf(NameSpace space, String name) {
        return names.get(new Name(space, name));
    }

    /** How many names this holder has. */
    public long namesOf(String holder) {
        return names.values().stream().filter(holder::equals).count();
    }

    public @Nullable Placement placementOf(String holder) {
        return placements.get(holder);
    }

    public @Nullable Resources pool(String pool) {
        return pools.get(pool);
    }

    /** Null where it was never said, or the pool is gone. */
    public @Nullable Boolean isOpen(String pool) {
        return open.get(pool);
    }

    private ClaimBook copy() {
        var copy = new ClaimBook();
        copy.names.putAll(names);
        copy.pools.putAll(pools);
        copy.open.putAll(open);
        copy.placements.putAll(placements);
        return copy;
    }
}
