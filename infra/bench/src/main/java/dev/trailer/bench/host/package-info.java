/** What an agent takes of its host, alone and with many workspaces, and how long many take to run; on a real engine. */
@NullMarked
package dev.trailer.bench.host;

import org.jspecify.annotations.NullMarked;
