package dev.trailer.query.feed;

/**
 * Where readers wait for the same bytes.
 *
 * @param position of the last fact behind them
 * @param careful given little at a time, because they took long over what they had
 */
record Place(Audience audience, long position, boolean careful) {}
