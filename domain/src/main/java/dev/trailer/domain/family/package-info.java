/** The one list of the kinds of aggregates. Door: {@link dev.trailer.domain.family.Family}. */
@NullMarked
package dev.trailer.domain.family;

import org.jspecify.annotations.NullMarked;
