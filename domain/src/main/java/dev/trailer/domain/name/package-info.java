/**
 * Names as people type them, each a DNS label of a bounded length. Door: the record types; they validate themselves.
 */
@NullMarked
package dev.trailer.domain.name;

import org.jspecify.annotations.NullMarked;
