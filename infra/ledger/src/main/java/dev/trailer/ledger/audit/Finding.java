package dev.trailer.ledger.audit;

/** Something that is not as it was recorded: the first position where, and what it is. */
record Finding(long position, String problem) {}
