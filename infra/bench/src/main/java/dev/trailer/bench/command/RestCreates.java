package dev.trailer.bench.command;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Rates;
import dev.trailer.bench.Run;
import dev.trailer.bench.command.Callers.Caller;
import dev.trailer.bench.limit.RowInserts;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.Host;
import dev.trailer.bench.server.ServerProcess;
import dev.trailer.bench.server.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code POST /api/v1/workspaces} per second, authenticated, to a server in a process of its own. Who asks is in this
 * process, with sockets and as little else as can be; it takes its share of the same cores all the same.
 */
public final class RestCreates implements Benchmark {
    private static final int CALLERS = 32;
    private static final String NAME = "rest-create-" + CALLERS;
    private static final double BAR = 0.12;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var server = ServerProcess.start(run.surroundings(), "rest");
                var clients = Clients.of(server)) {
            run.say("warming up");
            // A whole request is more code than a command.
            clients.perSecond(run.warmUp().plus(Duration.ofSeconds(4)));
            var limit = RowInserts.like(run.surroundings(), server.database(), "workspace.created");
            run.report(Rates.compare(
                    NAME,
                    () -> clients.perSecond(run.window()),
                    () -> limit.perSecond(CALLERS, run.window()),
                    new Bar.RatioAtLeast(BAR),
                    "requests/s"));
        }
    }

    /** Nothing but the load, for whoever looks at what it leaves. */
    public static void load(ServerProcess server, Duration window) throws Exception {
        try (var clients = Clients.of(server)) {
            clients.perSecond(window);
        }
    }

    /** A host, and those who create workspaces on it. */
    private record Clients(Host host, List<Creator> creators) implements AutoCloseable {
        static Clients of(ServerProcess server) throws IOException {
            var host = Host.online(server.api(), "bench");
            var names = new AtomicLong();
            var creators = new ArrayList<Creator>();
            for (int i = 0; i < CALLERS; i++) {
                creators.add(new Creator(server.api(), host.name(), names));
            }
            return new Clients(host, creators);
        }

        double perSecond(Duration window) throws Exception {
            return Callers.perSecond(creators, window);
        }

        @Override
        public void close() {
            creators.forEach(Creator::close);
            host.close();
        }
    }

    /** One connection; one request after the other. */
    private static final class Creator implements Caller, AutoCloseable {
        private static final int CREATED = 201;

        private final Wire wire;
        private final String authorization;
        private final String host;
        private final AtomicLong names;

        Creator(Api api, String host, AtomicLong names) throws IOException {
            this.wire = Wire.to(api.server());
            this.authorization = "Authorization: Bearer " + api.bearer();
            this.host = host;
            this.names = names;
        }

        @Override
        public void call() throws IOException {
            var body = """
                    {"name":"w%d","image":"base","host":"%s","resources":{"cpus":0.1,"memoryBytes":67108864}}""".formatted(names.incrementAndGet(), host);
            var reply = wire.send("POST", "/api/v1/workspaces", body, authorization);
            if (reply.status() != CREATED) {
                throw new IOException("POST /api/v1/workspaces -> " + reply);
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
