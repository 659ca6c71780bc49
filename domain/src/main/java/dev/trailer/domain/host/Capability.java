package dev.trailer.domain.host;

import dev.trailer.domain.Resources;

/**
 * What a host can carry and with what.
 *
 * @param resources what workspaces may use together
 */
public record Capability(
        Resources resources,
        String engine,
        String engineVersion,
        String apiVersion,
        String os,
        String architecture,
        String agentVersion) {}
