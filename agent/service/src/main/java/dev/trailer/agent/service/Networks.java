package dev.trailer.agent.service;

import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.SubnetTakenException;
import dev.trailer.agent.service.host.Routes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes networks with subnets allotted here: an engine's own pools end at about 30 networks. Safe for many threads.
 */
final class Networks {
    /** 13 addresses for containers; a workspace needs one. */
    static final int BITS = 28;
    /** An engine may refuse a subnet for reasons that its lists do not show; this many are tried. */
    private static final int TRIES = 16;

    private final ContainerEngine engine;
    private final Subnet pool;
    /** Being made now by one of our threads: not in the engine's list yet. */
    private final Set<Subnet> reserved = new HashSet<>();

    Networks(ContainerEngine engine, Subnet pool) {
        this.engine = engine;
        this.pool = pool;
    }

    void create(String name, Map<String, String> labels) {
        var refused = new ArrayList<Subnet>();
        while (true) {
            Subnet subnet = reserve(refused);
            try {
                engine.createNetwork(new NetworkSpec(name, subnet, labels));
                return;
            } catch (SubnetTakenException e) {
                refused.add(subnet);
                if (refused.size() == TRIES) {
                    throw e;
                }
            } finally {
                release(subnet);
            }
        }
    }

    /** The engine is read under the lock, a few milliseconds beside the 100 that making a network takes. */
    private synchronized Subnet reserve(List<Subnet> refused) {
        var taken = new ArrayList<>(reserved);
        taken.addAll(refused);
        taken.addAll(engine.subnets());
        taken.addAll(Routes.current());
        Subnet free =
                firstFree(pool, taken).orElseThrow(() -> new EngineException("no subnet is left in the pool " + pool));
        reserved.add(free);
        return free;
    }

    private synchronized void release(Subnet subnet) {
        reserved.remove(subnet);
    }

    static Optional<Subnet> firstFree(Subnet pool, List<Subnet> taken) {
        long size = 1L << (32 - BITS);
        for (long address = pool.address(); address + size <= pool.address() + pool.size(); address += size) {
            var candidate = new Subnet(address, BITS);
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
