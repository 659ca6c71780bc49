package dev.trailer.query.desired;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.domain.host.HostId;

/** One thing that should be true on one host; the row's position is its revision. */
record DesiredRow(HostId host, DesiredResource resource) {}
