/**
 * The live stream of facts, straight from the ledger: nothing missed, nothing doubled, or a {@code reset}. Door: {@link\n * dev.trailer.query.feed.FeedConfiguration}.
 */
@NullMarked
package dev.trailer.query.feed;

import org.jspecify.annotations.NullMarked;
