/**
 * Policies that react to events, or to time, with commands. Door: {@link dev.trailer.command.automation.Policy} and {@link
 * dev.trailer.command.automation.AutoStop}.
 */
@NullMarked
package dev.trailer.command.automation;

import org.jspecify.annotations.NullMarked;
