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
}
