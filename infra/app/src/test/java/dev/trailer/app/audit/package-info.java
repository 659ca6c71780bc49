/** The audit trail on a database of its own: tampered with, exported, attested. */
@NullMarked
package dev.trailer.app.audit;

import org.jspecify.annotations.NullMarked;
