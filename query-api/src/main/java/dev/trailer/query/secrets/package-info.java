/**
 * Secrets as read, without their values: the view and its GET endpoints. Door: {@link
 * dev.trailer.query.secrets.SecretsViewConfiguration}.
 */
@NullMarked
package dev.trailer.query.secrets;

import org.jspecify.annotations.NullMarked;
