package dev.trailer.query.hosts;

import dev.trailer.domain.host.Host;
import java.time.Instant;

/** A host in its view. */
record HostRow(Host state, Instant createdAt) {}
