package dev.trailer.agent.gateway;

import dev.trailer.domain.host.HostId;

/** A host that has shown its own secret. */
record EnrolledHost(HostId id) {}
