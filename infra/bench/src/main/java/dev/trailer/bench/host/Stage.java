package dev.trailer.bench.host;

import dev.trailer.bench.Run;
import dev.trailer.bench.limit.PlainDocker;
import dev.trailer.bench.server.AgentProcess;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.HeartbeatTap;
import dev.trailer.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server, an agent as a process of its own, what they say to each other, and this machine's engine. What is left on the engine
 * is removed at the end, the image {@code base} too if it was not there before.
 */
record Stage(
        ServerProcess server,
        HeartbeatTap tap,
        AgentProcess agent,
        PlainDocker engine,
        String install,
        boolean hadImage)
        implements AutoCloseable {
    static final String IMAGE = "trailer/base:1";
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Building the base image is the longest that is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Returns once the host is online and has its image, so that the agent has nothing to do. */
    static Stage set(Run run, String name) throws Exception {
        @Nullable ServerProcess server = null;
        @Nullable HeartbeatTap tap = null;
        @Nullable AgentProcess agent = null;
        var engine = PlainDocker.ofThisMachine();
        boolean had = engine.hasImage(IMAGE);
        try {
            server = ServerProcess.start(run.surroundings(), name);
            tap = HeartbeatTap.before(server.url());
            agent = AgentProcess.start(run.surroundings(), server.api(), tap.url(), name);
            var stage = new Stage(server, tap, agent, engine, server.install(), had);
            await(() -> engine.hasImage(IMAGE));
            return stage;
        } catch (Exception e) {
            close(agent);
            close(tap);
            close(server);
            engine.close();
            throw e;
        }
    }

    Api api() throws IOException {
        return server.api();
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        await(condition, LOOK);
    }

    static void await(Condition condition, Duration look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("what was waited for did not come within " + PATIENCE);
            }
            Thread.sleep(look);
        }
    }

    /** The agent first: it would make again what is removed. */
    @Override
    public void close() throws IOException {
        agent.close();
        try (engine;
                server;
                tap) {
            engine.removeInstall(install);
            if (!hadImage) {
                engine.removeImage(IMAGE);
            }
        }
    }

    private static void close(@Nullable AutoCloseable part) throws Exception {
        if (part != null) {
            part.close();
        }
    }
}
