/**
 * Joins the rooms: makes the ledger and Axon, and implements the ports that the rooms declare. Door: {@link
 * dev.trailer.app.wiring.ServerConfiguration}.
 */
@NullMarked
package dev.trailer.app.wiring;

import org.jspecify.annotations.NullMarked;
