package dev.trailer.domain;

/** Something asked of one aggregate. Records name their target with Axon's {@code @TargetAggregateIdentifier}. */
public interface DomainCommand {
    /** The aggregate this is for, as the ledger knows it. */
    String target();
}
