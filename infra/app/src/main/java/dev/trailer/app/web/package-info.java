/**
 * What all of the server's HTTP shares: problems, headers, health, metrics, the web client. Door: {@link
 * dev.trailer.app.web.WebConfiguration}.
 */
@NullMarked
package dev.trailer.app.web;

import org.jspecify.annotations.NullMarked;
