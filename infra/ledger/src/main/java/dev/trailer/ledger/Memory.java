package dev.trailer.ledger;

import dev.trailer.domain.claim.Claim;
import dev.trailer.ledger.ClaimBook.Placement;
import dev.trailer.ledger.ClaimBook.Pool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a committer knows of the ledger without asking: the head that it left, and of whatever it met lately the last
 * sequence and the claims. All of it holds for as long as the head is still that one, since nobody writes without moving
 * it. Names are not kept: the table's key refuses one that is taken. One thread.
 */
final class Memory {
    /** Some megabytes; an aggregate that is not among them costs a look at the database. */
    private static final int MAX_SEQUENCES = 50_000;

    private static final int MAX_PLACEMENTS = 50_000;

    private @Nullable Head head;
    private final Map<String, Long> sequences = bounded(MAX_SEQUENCES);
    private final Map<String, Placement> placements = bounded(MAX_PLACEMENTS);
    /** Every one there is, or null. Never changed, replaced. */
    private @Nullable Map<String, Pool> pools;

    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Null: nothing is known. */
    @Nullable
    Head head() {
        return head;
    }

    /** By id; null where they are not known. */
    @Nullable
    Map<String, Pool> pools() {
        return pools;
    }

    /** The last of each aggregate, as far as known. */
    Map<String, Long> sequences(Set<String> ids) {
        var known = new HashMap<String, Long>();
        for (String id : ids) {
            var last = sequences.get(id);
            if (last != null) {
                known.put(id, last);
            }
        }
        return known;
    }

    /**
     * Whether a command can be judged by what is here. Of an aggregate that it begins nothing need be known: should the id
     * be in use, the table's key refuses the event.
     */
    boolean covers(Append append) {
        var begun = new HashSet<String>();
        for (Entry entry : append.entries()) {
            var id = entry.subject().id();
            if (entry.sequence() == 0) {
                begun.add(id);
            } else if (!begun.contains(id) && !sequences.containsKey(id)) {
                return false;
            }
        }
        return sequences.keySet().containsAll(append.basis().keySet())
                && append.claims().stream().allMatch(claim -> covers(claim, begun));
    }

    private boolean covers(Claim claim, Set<String> begun) {
        return switch (claim) {
            case Claim.NameTaken _ -> true;
            case Claim.Placed c -> knowsPool(c.pool()) && (begun.contains(c.holder()) || knowsPlacement(c.holder()));
            case Claim.Displaced c -> knowsPlacement(c.holder());
            case Claim.CapacityOffered c -> knowsPool(c.pool());
            case Claim.PoolOpened c -> knowsPool(c.pool());
            case Claim.NameFreed _, Claim.CapacityWithdrawn _ -> false;
        };
    }

    private boolean knowsPool(String id) {
        return pools != null && pools.containsKey(id);
    }

    /** And that of the pool that it is in. */
    private boolean knowsPlacement(String holder) {
        var placement = placements.get(holder);
        return placement != null && knowsPool(placement.pool());
    }

    /** What covered claims are judged by. */
    ClaimBook book(List<Claim> claims) {
        var known = new HashMap<String, Placement>();
        var knownPools = new HashMap<String, Pool>();
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.Placed c -> {
                    take(knownPools, c.pool());
                    take(known, knownPools, c.holder());
                }
                case Claim.Displaced c -> take(known, knownPools, c.holder());
                case Claim.CapacityOffered c -> take(knownPools, c.pool());
                case Claim.PoolOpened c -> take(knownPools, c.pool());
                case Claim.NameTaken _, Claim.NameFreed _, Claim.CapacityWithdrawn _ -> {
                    // by the tables
                }
            }
        }
        return new ClaimBook(Map.of(), knownPools, known);
    }

    private void take(Map<String, Placement> into, Map<String, Pool> poolsInto, String holder) {
        var placement = placements.get(holder);
        if (placement != null) {
            into.put(holder, placement);
            take(poolsInto, placement.pool());
        }
    }

    private void take(Map<String, Pool> into, String id) {
        var pool = pools == null ? null : pools.get(id);
        if (pool != null) {
            into.put(id, pool);
        }
    }

    /**
     * After a commit.
     *
     * @param last the last sequence of each aggregate that was met
     * @param book the claims that were met
     */
    void left(Head now, Map<String, Long> last, ClaimBook book) {
        head = now;
        sequences.putAll(last);
        placements.putAll(book.placements());
        book.changedPlacements().stream()
                .filter(holder -> book.placement(holder) == null)
                .forEach(placements::remove);
        if (pools != null && !book.changedPools().isEmpty()) {
            var after = new HashMap<>(pools);
            after.putAll(book.pools());
            book.changedPools().stream().filter(id -> book.pool(id) == null).forEach(after::remove);
            pools = Map.copyOf(after);
        }
    }

    /** Every pool there is, as of the head that {@link #left} is told of next. */
    void allPools(Map<String, Pool> all) {
        pools = Map.copyOf(all);
    }

    /** Somebody else has written, or it is not known what became of a write of our own. */
    void forget() {
        head = null;
        sequences.clear();
        placements.clear();
        pools = null;
    }
}
