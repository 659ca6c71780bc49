package dev.trailer.agent.service.engine;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engine's figures about one container, of either version of the kernel's control groups. */
final class DockerStats {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DockerStats() {}

    /** One look: without {@code one-shot} the engine waits for a second one. */
    static String path(String container) {
        return "/containers/" + container + "/stats?stream=false&one-shot=true";
    }

    static Usage read(InputStream body) throws IOException {
        try {
            return of(JSON.readTree(body));
        } catch (JacksonException e) {
            throw new IOException("figures that are no JSON", e);
        }
    }

    private static Usage of(JsonNode stats) {
        long in = 0;
        long out = 0;
        for (var network : stats.path("networks")) {
            in += network.path("rx_bytes").asLong(0);
            out += network.path("tx_bytes").asLong(0);
        }
        return new Usage(
                stats.at("/cpu_stats/cpu_usage/total_usage").asLong(0),
                memory(stats.path("memory_stats")),
                disk(stats, "read"),
                disk(stats, "write"),
                in,
                out,
                stats.at("/pids_stats/current").asLong(0));
    }

    /** As {@code docker stats} shows it: version 1 counts the cache of a group's children under another name. */
    private static long memory(JsonNode memory) {
        long usage = memory.path("usage").asLong(0);
        var detail = memory.path("stats");
        long cache = detail.path("total_inactive_file")
                .asLong(detail.path("inactive_file").asLong(0));
        return cache < usage ? usage - cache : usage;
    }

    /** Version 1 writes {@code Read}, version 2 {@code read}. */
    private static long disk(JsonNode stats, String what) {
        long sum = 0;
        for (var entry : stats.at("/blkio_stats/io_service_bytes_recursive")) {
            if (what.equalsIgnoreCase(entry.path("op").asString(""))) {
                sum += entry.path("value").asLong(0);
            }
        }
        return sum;
    }
}
