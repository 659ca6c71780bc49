/** How soon a change is with the agent that has to make it true. */
@NullMarked
package dev.trailer.bench.agents;

import org.jspecify.annotations.NullMarked;
