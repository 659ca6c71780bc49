package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a batch of commands touches, in memory, exact because the head row is locked: it grants or refuses
 * command by command, and knows what changed. Pure; one batch, one thread.
 */
final class ClaimBook {
    record NameKey(NameSpace space, String name) {}

    record Pool(boolean open, Resources total) {}

    record Placement(String pool, Resources promised) {}

    private final UndoMap<NameKey, String> names;
    private final UndoMap<String, Pool> pools;
    private final UndoMap<String, Placement> placements;
    /** What each pool has promised in all, and to how many; also to holders that this batch does not touch. */
    private final UndoMap<String, Resources> promised;

    private final UndoMap<String, Integer> holders;

    ClaimBook(
            Map<NameKey, String> names,
            Map<String, Pool> pools,
            Map<String, Placement> placements,
            Map<String, Resources> promised,
            Map<String, Integer> holders) {
        this.names = new UndoMap<>(names);
        this.pools = new UndoMap<>(pools);
        this.placements = new UndoMap<>(placements);
        this.promised = new UndoMap<>(promised);
        this.holders = new UndoMap<>(holders);
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
        return List.of(names, pools, placements, promised, holders);
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
                var was = pools.get(c.pool());
                pools.put(c.pool(), new Pool(was != null && was.open, c.total()));
                yield null;
            }
            case Claim.PoolOpened c -> {
                var was = pools.get(c.pool());
                if (was != null) {
                    pools.put(c.pool(), new Pool(c.open(), was.total));
                }
                yield null;
            }
            case Claim.CapacityWithdrawn c -> {
                int count = holdersIn(c.pool());
                if (count > 0) {
                    yield new Reason.HostInUse(count);
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
        var pool = pools.get(c.pool());
        if (pool == null) {
            return new Reason.HostNotReady(c.poolName());
        }
        var was = placements.get(c.holder());
        boolean needsRoom = !c.promised().equals(Resources.NONE)
                && (was == null || !was.pool.equals(c.pool()) || !c.promised().fitsIn(was.promised));
        leave(c.holder());
        var sum = promisedBy(c.pool()).plus(c.promised());
        if (needsRoom && !sum.fitsIn(pool.total)) {
            return new Reason.NoCapacity(c.poolName(), c.promised());
        }
        promised.put(c.pool(), sum);
        holders.put(c.pool(), holdersIn(c.pool()) + 1);
        placements.put(c.holder(), new Placement(c.pool(), c.promised()));
        return null;
    }

    private void leave(String holder) {
        var was = placements.get(holder);
        if (was != null) {
            placements.remove(holder);
            promised.put(was.pool, promisedBy(was.pool).minus(was.promised));
            holders.put(was.pool, holdersIn(was.pool) - 1);
        }
    }

    Resources promisedBy(String pool) {
        return promised.getOr(pool, Resources.NONE);
    }

    int holdersIn(String pool) {
        return holders.getOr(pool, 0);
    }

    Set<NameKey> changedNames() {
        return names.changed();
    }

    /** Those whose capacity, sums or openness differ. */
    Set<String> changedPools() {
        var changed = new HashSet<>(pools.changed());
        changed.addAll(promised.changed());
        return changed;
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
}
