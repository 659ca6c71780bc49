/**
 * Secrets on their way into workspaces: held in memory, written into containers, masked in whatever is told. Door: {@link
 * dev.trailer.agent.service.secrets.Furnisher} and {@link dev.trailer.agent.service.secrets.Masks}.
 */
@NullMarked
package dev.trailer.agent.service.secrets;

import org.jspecify.annotations.NullMarked;
