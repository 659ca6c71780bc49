/**
 * Making, copying and explicit deletion of volumes. Door: the controller, over HTTP.
 */
@NullMarked
package dev.trailer.command.volumes;

import org.jspecify.annotations.NullMarked;
