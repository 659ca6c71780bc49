package dev.trailer.domain.host;

import dev.trailer.domain.name.HostName;

/** A host. The name never changes, so it may be kept beside the id. */
public record HostRef(HostId id, HostName name) {}
