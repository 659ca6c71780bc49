/**
 * Trailer as a stranger meets it: started by {@code infra/up}, driven by a browser and by its API, looked at through the
 * Docker Engine's own eyes. Nothing here uses a class of the product. Door: the classes that end in {@code Test}.
 */
@NullMarked
package dev.trailer.e2e;

import org.jspecify.annotations.NullMarked;
