/**
 * Changes to hosts, and the choice of one. Door: the controller, over HTTP; {@link dev.trailer.command.hosts.Placement}.
 */
@NullMarked
package dev.trailer.command.hosts;

import org.jspecify.annotations.NullMarked;
