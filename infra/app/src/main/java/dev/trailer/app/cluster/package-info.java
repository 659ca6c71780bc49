/** This server among the others on the same database. Door: {@link dev.trailer.app.cluster.Membership}. */
@NullMarked
package dev.trailer.app.cluster;

import org.jspecify.annotations.NullMarked;
