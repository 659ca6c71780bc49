/**
 * Hosts as read: the view and its GET endpoints. Door: {@link dev.trailer.query.hosts.HostsConfiguration}, {@link\n * dev.trailer.query.hosts.HostNames}.
 */
@NullMarked
package dev.trailer.query.hosts;

import org.jspecify.annotations.NullMarked;
