/**
 * What reading over time has in common: which time is asked for, in which steps, and the answer. Doors: {@link
 * dev.trailer.query.metrics.OverTime} and {@link dev.trailer.query.metrics.Range}.
 */
@NullMarked
package dev.trailer.query.metrics;

import org.jspecify.annotations.NullMarked;
