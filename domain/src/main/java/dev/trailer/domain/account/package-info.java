/**
 * Who people are to the rest of the domain: an id and a handle, nothing personal.
 */
@NullMarked
package dev.trailer.domain.account;

import org.jspecify.annotations.NullMarked;
