package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.domain.host.HostId;

/**
 * Values of secrets for those hosts that need them. Whether one does is looked up at each request, in what is claimed and in
 * the ledger, never in a view. Any thread; blocks.
 */
public interface SecretSource {
    /**
     * All that a workspace names.
     *
     * @throws dev.trailer.domain.reason.Refused with {@code not_found} if the workspace is not on this host, or is being
     *     deleted; with {@code secret_gone}; with {@code secrets_unavailable}
     */
    SecretValues ofWorkspace(HostId host, String workspace);

    /**
     * What an image's registry asks for.
     *
     * @throws dev.trailer.domain.reason.Refused with {@code not_found} if no workspace of this host is started from it, by
     *     whatever bases, and the host does not build it; else as for a workspace
     */
    SecretValues ofImage(HostId host, String image, int version);
}
