package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was let in.
 *
 * @param session the hash of the session's token, null if it was an API token
 */
record Caller(Principal principal, byte @Nullable [] session) {}
