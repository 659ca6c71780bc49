/**
 * What the history proves: that the audit trail is whole. Door: {@link
 * dev.trailer.query.history.HistoryConfiguration}.
 */
@NullMarked
package dev.trailer.query.history;

import org.jspecify.annotations.NullMarked;
