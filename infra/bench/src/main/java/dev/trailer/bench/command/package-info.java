/** How many commands per second become durable, at the gateway and over HTTP, and how soon the views have them. */
@NullMarked
package dev.trailer.bench.command;

import org.jspecify.annotations.NullMarked;
