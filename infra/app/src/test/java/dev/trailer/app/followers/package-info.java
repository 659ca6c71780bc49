/**
 * What following the ledger promises, on a real PostgreSQL without a server around it. Door: {@link
 * dev.trailer.app.followers.LedgerDatabase}.
 */
@NullMarked
package dev.trailer.app.followers;

import org.jspecify.annotations.NullMarked;
