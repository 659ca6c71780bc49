package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import java.util.HashMap;
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

    private final Map<NameKey, String> names;
    private final Map<String, Pool> pools;
    private final Map<String, Placement> placements;
    /** What each pool has promised in all, and to how many; also to holders that this batch does not touch. */
    private final Map<String, Resources> promised;

    private final Map<String, Integer> holders;

    private final Set<NameKey> changedNames = new HashSet<>();
    private final Set<String> changedPools = new HashSet<>();
    private final Set<String> changedPlacements = new HashSet<>();

    ClaimBook(
            Map<NameKey, String> names,
            Map<String, Pool> pools,
            Map<String, Placement> placements,
            Map<String, Resources> promised,
            Map<String, Integer> holders) {
        this.names = new HashMap<>(names);
        this.pools = new HashMap<>(pools);
        this.placements = new HashMap<>(placements);
        this.promised = new HashMap<>(promised);
        this.holders = new HashMap<>(holders);
    }

    /** Grants all of a command's claims, or none and says why. */
    Reason.@Nullable Refusal grant(List<Claim> claims) {
        if (claims.isEmpty()) {
            return null;
        }
        var undo = new ClaimBook(names, pools, placements, promised, holders);
        undo.changedNames.addAll(changedNames);
        undo.changedPools.addAll(changedPools);
        undo.changedPlacements.addAll(changedPlacements);
        for (Claim claim : claims) {
            var refusal = apply(claim);
            if (refusal != null) {
                restore(undo);
                return refusal;
            }
        }
        return null;
    }

    private Reason.@Nullable Refusal apply(Claim claim) {
        return switch (claim) {
            case Claim.NameTaken c -> takeName(c);
            case Claim.NameFreed c -> {
                var key = new NameKey(c.space(), c.name());
                if (names.remove(key, c.holder())) {
                    changedNames.add(key);
                }
                yield null;
            }
            case Claim.CapacityOffered c -> {
                var was = pools.get(c.pool());
                pools.put(c.pool(), new Pool(was != null && was.open, c.total()));
                changedPools.add(c.pool());
                yield null;
            }
            case Claim.PoolOpened c -> {
                var was = pools.get(c.pool());
                if (was != null) {
                    pools.put(c.pool(), new Pool(c.open(), was.total));
                    changedPools.add(c.pool());
                }
                yield null;
            }
            case Claim.CapacityWithdrawn c -> {
                int count = holders.getOrDefault(c.pool(), 0);
                if (count > 0) {
                    yield new Reason.HostInUse(count);
                }
                pools.remove(c.pool());
                changedPools.add(c.pool());
                yield null;
            }
            case Claim.Placed c -> place(c);
            case Claim.Displaced c -> {
                leave(c.holder());
                changedPlacements.add(c.holder());
                yield null;
            }
        };
    }

    private Reason.@Nullable Refusal takeName(Claim.NameTaken c) {
        var key = new NameKey(c.space(), c.name());
        var holder = names.putIfAbsent(key, c.holder());
        if (holder != null && !holder.equals(c.holder())) {
            return new Reason.NameInUse(c.space().kind(), c.name());
        }
        changedNames.add(key);
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
        var taken = promised.getOrDefault(c.pool(), Resources.NONE);
        if (needsRoom && !taken.plus(c.promised()).fitsIn(pool.total)) {
            return new Reason.NoCapacity(c.poolName(), c.promised());
        }
        promised.put(c.pool(), taken.plus(c.promised()));
        holders.merge(c.pool(), 1, Integer::sum);
        placements.put(c.holder(), new Placement(c.pool(), c.promised()));
        changedPlacements.add(c.holder());
        changedPools.add(c.pool());
        return null;
    }

    private void leave(String holder) {
        var was = placements.remove(holder);
        if (was != null) {
            promised.computeIfPresent(was.pool, (p, sum) -> sum.minus(was.promised));
            holders.computeIfPresent(was.pool, (p, count) -> count - 1);
            changedPools.add(was.pool);
        }
    }

    private void restore(ClaimBook undo) {
        replace(names, undo.names);
        replace(pools, undo.pools);
        replace(placements, undo.placements);
        replace(promised, undo.promised);
        replace(holders, undo.holders);
        changedNames.retainAll(undo.changedNames);
        changedPools.retainAll(undo.changedPools);
        changedPlacements.retainAll(undo.changedPlacements);
    }

    private static <K, V> void replace(Map<K, V> target, Map<K, V> source) {
        target.clear();
        target.putAll(source);
    }

    Resources promisedBy(String pool) {
        return promised.getOrDefault(pool, Resources.NONE);
    }

    int holdersIn(String pool) {
        return holders.getOrDefault(pool, 0);
    }

    Set<NameKey> changedNames() {
        return changedNames;
    }

    Set<String> changedPools() {
        return changedPools;
    }

    Set<String> changedPlacements() {
        return changedPlacements;
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
