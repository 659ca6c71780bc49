package dev.trailer.bench.stream;

import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Many facts at once: some hosts, each of which tells news of each of its workspaces in one heartbeat. */
final class Burst implements AutoCloseable {
    private static final int HOSTS = 8;
    private static final int WORKSPACES = 128;

    private record Placed(Host host, List<String> workspaces) {}

    private final List<Placed> hosts = new ArrayList<>();
    private long bursts;

    private Burst() {}

    static Burst prepare(Api api) {
        var burst = new Burst();
        for (int h = 0; h < HOSTS; h++) {
            var host = Host.online(api, "h" + h);
            var workspaces = new ArrayList<String>();
            for (int w = 0; w < WORKSPACES; w++) {
                var body = """
                        {"name":"w%d-%d","image":"base","host":"%s"}""".formatted(h, w, host.name());
                workspaces.add(api.post("/api/v1/workspaces", body).text("/id"));
            }
            burst.hosts.add(new Placed(host, workspaces));
        }
        return burst;
    }

    void go() throws Exception {
        bursts++;
        var tasks = new ArrayList<Callable<Void>>();
        for (Placed placed : hosts) {
            tasks.add(() -> {
                placed.host.report(placed.workspaces.stream()
                        .map(id -> new WorkspaceReport(id, 1, Phase.RUNNING, null, container()))
                        .toList());
                return null;
            });
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    /** Another one each time, as long as an engine's. */
    private String container() {
        return "%064x".formatted(bursts);
    }

    @Override
    public void close() {
        hosts.forEach(placed -> placed.host.close());
    }
}
