/**
 * What the API's documents look like: resources as read, reasons, problems, pages; made from the domain's own states, so
 * that the answer to a change and a later read cannot differ. Door: every type here. No HTTP framework, no SQL.
 */
@NullMarked
package dev.trailer.api;

import org.jspecify.annotations.NullMarked;
