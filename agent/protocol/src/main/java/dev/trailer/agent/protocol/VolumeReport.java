package dev.trailer.agent.protocol;

/**
 * Whether one volume that the agent was told of exists.
 *
 * @param gone true once a deleted volume is removed
 */
public record VolumeReport(String volume, boolean gone) {}
