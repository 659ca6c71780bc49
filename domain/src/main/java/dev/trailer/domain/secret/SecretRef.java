package dev.trailer.domain.secret;

import dev.trailer.domain.name.SecretName;

/** A secret. The name never changes, so it may be kept beside the id. */
public record SecretRef(SecretId id, SecretName name) {}
