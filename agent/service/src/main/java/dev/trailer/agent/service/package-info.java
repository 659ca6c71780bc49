/**
 * The process on each host that makes true what the server desires. It looks, plans ({@code agent/plan}), acts on the engine
 * and reports, again and again; a wake-up only says "look again". Door: {@link dev.trailer.agent.service.Agent}.
 */
@NullMarked
package dev.trailer.agent.service;

import org.jspecify.annotations.NullMarked;
