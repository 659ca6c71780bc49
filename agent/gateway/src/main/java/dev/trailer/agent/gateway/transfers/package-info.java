/**
 * Archives of volumes on their way between people and agents, piece by piece and never kept. Doors: {@link
 * dev.trailer.agent.gateway.transfers.ArchiveController} for people, {@link dev.trailer.agent.gateway.transfers.Transfers} for
 * who speaks with agents.
 */
@NullMarked
package dev.trailer.agent.gateway.transfers;

import org.jspecify.annotations.NullMarked;
