/**
 * A secret: its name, whose it is and how often it was renewed. Its value is nowhere in here, so that no event can hold
 * it. Door: {@link dev.trailer.domain.secret.SecretCommand} and {@link dev.trailer.domain.secret.SecretEvent}.
 */
@NullMarked
package dev.trailer.domain.secret;

import org.jspecify.annotations.NullMarked;
