package dev.trailer.bench.agents;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.Host;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** An agent that does nothing but ask what is desired, and one workspace on its host that somebody stops and starts. */
final class PollingAgent implements AutoCloseable {
    /** As the agent's own poll waits. */
    private static final Duration POLL = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Api people;
    private final Host host;
    private final String workspace;
    private boolean running;
    private long held;
    private long heldSinceNanos;
    private volatile boolean closed;

    PollingAgent(Api people, Host host, String name) {
        this.people = people;
        this.host = host;
        this.workspace = people.post(
                        "/api/v1/workspaces",
                        "{\"name\":\"" + name + "\",\"image\":\"base\",\"host\":\"" + host.name()
                                + "\",\"desired\":\"stopped\"}")
                .text("/id");
    }

    void start(ExecutorService executor) {
        var unused = executor.submit(this::poll);
    }

    private void poll() {
        @Nullable DesiredState had = null;
        while (!closed) {
            try {
                had = host.poll(had, POLL);
            } catch (IllegalStateException e) {
                // The server is gone, or we are.
                return;
            }
            long now = System.nanoTime();
            for (DesiredResource resource : had.resources()) {
                if (resource instanceof DesiredResource.Workspace w && w.id().equals(workspace)) {
                    hold(w.generation(), now);
                }
            }
        }
    }

    private synchronized void hold(long generation, long nanos) {
        held = generation;
        heldSinceNanos = nanos;
        notifyAll();
    }

    /** @return from just before it was sent until this agent had it */
    Duration change() throws InterruptedException {
        running = !running;
        long sent = System.nanoTime();
        var generation = people.post("/api/v1/workspaces/" + workspace + (running ? "/start" : "/stop"), null)
                .json()
                .at("/generation")
                .asLong();
        return Duration.ofNanos(awaitHeld(generation) - sent);
    }

    private synchronized long awaitHeld(long generation) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (held < generation) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("generation " + generation + " did not reach the agent in " + PATIENCE);
            }
            wait(left / 1_000_000 + 1);
        }
        return heldSinceNanos;
    }

    @Override
    public void close() {
        closed = true;
        host.close();
    }
}
