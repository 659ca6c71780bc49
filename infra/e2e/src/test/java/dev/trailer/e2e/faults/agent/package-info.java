/**
 * Loaded into the server's process beside the product, as a Java agent: stops a thread of it at a named point, so that the
 * harness may end or hold the process just there. The product knows nothing of it. Uses the JDK alone. Door: {@link
 * dev.trailer.e2e.faults.agent.Points} says where the points are.
 */
@NullMarked
package dev.trailer.e2e.faults.agent;

import org.jspecify.annotations.NullMarked;
