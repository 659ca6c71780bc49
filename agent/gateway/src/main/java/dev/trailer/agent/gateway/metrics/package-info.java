/**
 * How hosts and workspaces fared over time: samples for six hours, means of minutes for a week, means of hours for a year.
 * No facts: losing some costs nothing else. Doors: {@link dev.trailer.agent.gateway.metrics.MetricStore} to keep and
 * read, {@link dev.trailer.agent.gateway.metrics.MetricUpkeep} to run.
 */
@NullMarked
package dev.trailer.agent.gateway.metrics;

import org.jspecify.annotations.NullMarked;
