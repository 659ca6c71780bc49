package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a batch of commands touches, in memory, exact because the head row is locked: it grants or refuses
 * command by command, and knows what changed. Pure; one batch, one thread.
 */
final class ClaimBook {
    record NameKey(NameSpace space, String name) {}

    /**
     * @param open whether placement should choose it for newcomers
     * @param promised to all of its holders, also those that this batch does not touch
     * @param holders how many there are
     */
    record Pool(boolean open, Resources total, Resources promised, int holders) {
        private Pool offering(Resources newTotal) {
            return new Pool(open, newTotal, promised, holders);
        }

        private Pool opened(boolean nowOpen) {
            return new Pool(nowOpen, total, promised, holders);
        }

        private Pool with(Resources more) {
            return new Pool(open, total, promised.plus(more), holders + 1);
        }

        private Pool without(Resources less) {
            return new Pool(open, total, promised.minus(less), holders - 1);
        }
    }

    record Placement(String pool, Resources promised) {}

    private final UndoMap<NameKey, String> names;
    private final UndoMap<String, Pool> pools;
    private final UndoMap<String, Placement> placements;

    ClaimBook(Map<NameKey, String> names, Map<String, Pool> pools, Map<String, Placement> placements) {
        this.names = new UndoMap<>(names);
        this.pools = new UndoMap<>(pools);
        this.placements = new UndoMap<>(placements);
    }

    /** Grants all of a command's claims, or none and says why. */
    Reason.@Nullable Refusal grant(List<Claim> claims) {
        for (Claim claim : claims) {
            var refusal = apply(claim);
            if (refusal != null) {
                all().forEach(UndoMap::undo);
                return refusal;
            }
        }
        all().forEach(UndoMap::keep);
        return null;
    }

    private List<UndoMap<?, ?>> all() {
        return List.of(names, pools, placements);
    }

    private Reason.@Nullable Refusal apply(Claim claim) {
        return switch (claim) {
            case Claim.NameTaken c -> takeName(c);
            case Claim.NameFreed c -> {
                var key = new NameKey(c.space(), c.name());
                if (c.holder().equals(names.get(key))) {
                    names.remove(key);
                }
                yield null;
            }
            case Claim.CapacityOffered c -> {
                var was = pools.getOr(c.pool(), new Pool(false, Resources.NONE, Resources.NONE, 0));
                pools.put(c.pool(), was.offering(c.total()));
                yield null;
            }
            case Claim.PoolOpened c -> {
                var was = pools.get(c.pool());
                if (was != null) {
                    pools.put(c.pool(), was.opened(c.open()));
                }
                yield null;
            }
            case Claim.CapacityWithdrawn c -> {
                var was = pools.get(c.pool());
                if (was != null && was.holders > 0) {
                    yield new Reason.HostInUse(was.holders);
                }
                pools.remove(c.pool());
                yield null;
            }
            case Claim.Placed c -> place(c);
            case Claim.Displaced c -> {
                leave(c.holder());
                yield null;
            }
        };
    }

    private Reason.@Nullable Refusal takeName(Claim.NameTaken c) {
        var key = new NameKey(c.space(), c.name());
        var holder = names.get(key);
        if (holder != null && !holder.equals(c.holder())) {
            return new Reason.NameInUse(c.space().kind(), c.name());
        }
        names.put(key, c.holder());
        return null;
    }

    private Reason.@Nullable Refusal place(Claim.Placed c) {
        if (pools.get(c.pool()) == null) {
            return new Reason.HostNotReady(c.poolName());
        }
        var was = placements.get(c.holder());
        boolean needsRoom = !c.promised().equals(Resources.NONE)
                && (was == null || !was.pool.equals(c.pool()) || !c.promised().fitsIn(was.promised));
        leave(c.holder());
        var pool = Objects.requireNonNull(pools.get(c.pool())).with(c.promised());
        if (needsRoom && !pool.promised.fitsIn(pool.total)) {
            return new Reason.NoCapacity(c.poolName(), c.promised());
        }
        pools.put(c.pool(), pool);
        placements.put(c.holder(), new Placement(c.pool(), c.promised()));
        return null;
    }

    private void leave(String holder) {
        var was = placements.get(holder);
        if (was != null) {
            placements.remove(holder);
            var pool = pools.get(was.pool);
            if (pool != null) {
                pools.put(was.pool, pool.without(was.promised));
            }
        }
    }

    Set<NameKey> changedNames() {
        return names.changed();
    }

    Set<String> changedPools() {
        return pools.changed();
    }

    Set<String> changedPlacements() {
        return placements.changed();
    }

    @Nullable
    String holderOf(NameKey key) {
        return names.get(key);
    }

    @Nullable
    Pool pool(String id) {
        return pools.get(id);
    }

    @Nullable
    Placement placement(String holder) {
        return placements.get(holder);
    }

    /** All that is in the book: what was put in, and what came of it. */
    Map<String, Placement> placements() {
        return placements.values();
    }

    Map<String, Pool> pools() {
        return pools.values();
    }
}
