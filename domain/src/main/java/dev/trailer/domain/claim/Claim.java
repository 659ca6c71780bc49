package dev.trailer.domain.claim;

import dev.trailer.domain.Resources;

/**
 * Something a command must be granted, or gives back, for its events to be recorded. Holders and pools are aggregate ids.
 * The ledger applies a command's claims in the order given; releasing what is not held changes nothing.
 */
public sealed interface Claim {

    /** Refused with {@code name_in_use} while another holder has the name. */
    record NameTaken(NameSpace space, String name, String holder) implements Claim {}

    record NameFreed(NameSpace space, String name, String holder) implements Claim {}

    /** A host's capacity is now this; what is already placed there stays. */
    record CapacityOffered(String pool, Resources total) implements Claim {}

    /** Whether placement should choose the pool for newcomers. What is already placed there may still ask for more. */
    record PoolOpened(String pool, boolean open) implements Claim {}

    /** The pool is gone. Refused with {@code host_in_use} while anything is placed in it. */
    record CapacityWithdrawn(String pool) implements Claim {}

    /**
     * The holder is placed in the pool and promised this much of it, instead of what it was promised before. Refused with
     * {@code no_capacity} if the pool has less to spare; what is no more than before, or {@link Resources#NONE}, needs only that the pool exists.
     */
    record Placed(String pool, String poolName, String holder, Resources promised) implements Claim {}

    /** The holder is no longer placed anywhere. */
    record Displaced(String holder) implements Claim {}
}
