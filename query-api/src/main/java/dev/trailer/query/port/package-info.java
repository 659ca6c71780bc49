/**
 * What the query side needs from other rooms; infra/app wires each of them. Door: every interface here.
 */
@NullMarked
package dev.trailer.query.port;

import org.jspecify.annotations.NullMarked;
