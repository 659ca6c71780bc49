/**
 * The pure planner: what is desired and what is observed on an engine in, what to do and what to report out. No engine, no
 * clock, no chance: the agent acts by it, and the server may use the same code to say what would happen. Door: {@link
 * dev.trailer.agent.plan.Planner}.
 */
@NullMarked
package dev.trailer.agent.plan;

import org.jspecify.annotations.NullMarked;
