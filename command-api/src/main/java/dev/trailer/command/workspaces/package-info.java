/**
 * Changes to workspaces. Door: the controller, over HTTP.
 */
@NullMarked
package dev.trailer.command.workspaces;

import org.jspecify.annotations.NullMarked;
