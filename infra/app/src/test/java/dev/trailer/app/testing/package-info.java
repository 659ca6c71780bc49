/**
 * A whole server for tests, driven from outside: {@link dev.trailer.app.testing.TestServer}, its API, a fake agent. Door: {@link
 * dev.trailer.app.testing.SharedServer}.
 */
@NullMarked
package dev.trailer.app.testing;

import org.jspecify.annotations.NullMarked;
