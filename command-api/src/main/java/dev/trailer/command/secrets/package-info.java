/**
 * Changes to secrets. Door: the controller, over HTTP, and {@link dev.trailer.command.secrets.SecretLookup}.
 */
@NullMarked
package dev.trailer.command.secrets;

import org.jspecify.annotations.NullMarked;
