/**
 * Who is asking: accounts, sessions by one-time link, API tokens, and the gate that every request passes.
 *
 * <p>Door: {@link dev.trailer.identity.IdentityConfiguration}, {@link dev.trailer.identity.Accounts} and {@link
 * dev.trailer.identity.FirstAdmin}. Whoever handles a request takes the {@code Principal} as a method parameter, or as the
 * exchange attribute named by that class.
 */
@NullMarked
package dev.trailer.identity;

import org.jspecify.annotations.NullMarked;
