/**
 * How every change is made: read the request, decide anew on conflict, send all commands in one transaction, answer the
 * same again to the same key. Door: {@link dev.trailer.command.change.Changes} and the ports.
 */
@NullMarked
package dev.trailer.command.change;

import org.jspecify.annotations.NullMarked;
