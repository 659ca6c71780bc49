package dev.trailer.agent.service;

import com.sun.net.httpserver.HttpExchange;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.Transfer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The server's side of transfers, in memory and without a person behind it. */
final class TestTransfers {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long WAIT_MILLIS = 1_000;

    private final List<Transfer.Order> untold = new ArrayList<>();
    private final Map<String, byte[]> bodies = new HashMap<>();
    private final Map<String, Transfer.Result> results = new HashMap<>();

    /** @param sealed what the agent receives; empty where it sends */
    synchronized void order(Transfer.Order order, byte[] sealed) {
        bodies.put(order.id(), sealed);
        untold.add(order);
        notifyAll();
    }

    synchronized Optional<Transfer.Result> result(String id) {
        return Optional.ofNullable(results.get(id));
    }

    /** What the agent sent. */
    synchronized byte[] body(String id) {
        return bodies.getOrDefault(id, new byte[0]);
    }

    /** @param requireCurrent throws where another session has been opened meanwhile: that one is to be told */
    synchronized Transfer.Orders orders(Runnable requireCurrent) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (untold.isEmpty() && deadline - System.nanoTime() > 0) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        requireCurrent.run();
        var told = new Transfer.Orders(untold);
        untold.clear();
        return told;
    }

    void handle(HttpExchange exchange, String path, byte[] body) throws IOException {
        String[] parts = path.substring(Paths.TRANSFERS.length() + 1).split("/");
        byte[] answer = new byte[0];
        synchronized (this) {
            switch (exchange.getRequestMethod() + (parts.length > 1 ? " " + parts[1] : "")) {
                case "PUT" -> bodies.put(parts[0], body);
                case "GET" -> answer = bodies.getOrDefault(parts[0], new byte[0]);
                case "POST result" -> results.put(parts[0], JSON.readValue(body, Transfer.Result.class));
                default -> answer = new byte[0];
            }
        }
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }
}
