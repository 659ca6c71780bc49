/**
 * What server and agent say to each other over {@code /agent/v1}: plain records, JSON on the wire, readers ignore fields
 * they do not know so that either side may be the newer one. Door: every type here.
 */
@NullMarked
package dev.trailer.agent.protocol;

import org.jspecify.annotations.NullMarked;
