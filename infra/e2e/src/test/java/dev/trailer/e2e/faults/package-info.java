/**
 * Campaigns of faults: real servers on a real PostgreSQL under seeded load are killed, paused, cut off and slowed, at random
 * and at named points; afterwards a model of the history says whether anything was lost, doubled or left half done. Door:
 * the classes that end in {@code Test}; begin with {@code ServerKilledTest}.
 */
@NullMarked
package dev.trailer.e2e.faults;

import org.jspecify.annotations.NullMarked;
