package dev.trailer.query.secrets;

import dev.trailer.domain.secret.Secret;
import java.time.Instant;

/** A secret in its view. */
record SecretRow(Secret state, Instant createdAt, Instant renewedAt) {}
