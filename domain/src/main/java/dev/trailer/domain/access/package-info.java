/**
 * Who may do what, decided in one pure place. Door: {@link dev.trailer.domain.access.AccessPolicy}.
 */
@NullMarked
package dev.trailer.domain.access;

import org.jspecify.annotations.NullMarked;
