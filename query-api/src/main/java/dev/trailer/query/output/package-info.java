/**
 * What builds say, followed live: plain text for people, events for screens. Doors: {@link dev.trailer.query.output.OutputLog},
 * {@link dev.trailer.query.output.OutputSource}, {@link dev.trailer.query.output.FollowsOutput}.
 */
@NullMarked
package dev.trailer.query.output;

import org.jspecify.annotations.NullMarked;
