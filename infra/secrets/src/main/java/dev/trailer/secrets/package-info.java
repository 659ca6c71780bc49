/**
 * Values of secrets: sealed under a key file that lies outside of the database, written and erased beside the commands that
 * record it. Door: {@link dev.trailer.secrets.Vault} and {@link dev.trailer.secrets.SecretsConfiguration}.
 */
@NullMarked
package dev.trailer.secrets;

import org.jspecify.annotations.NullMarked;
