package dev.trailer.bench.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host's agent in a process of its own, started with the very command of {@code infra/up}, on the engine of this machine. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration ONLINE_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    /**
     * Registers a host and returns once it is online.
     *
     * @param admin may register hosts
     * @param server where the agent is to find it, which may be another address than the admin's
     */
    public static AgentProcess start(Surroundings surroundings, Api admin, URI server, String name)
            throws IOException, InterruptedException {
        var data = surroundings.newData("agent");
        var registered = admin.post("/api/v1/hosts", "{\"name\":\"" + name + "\"}");
        var token = Files.writeString(data.resolve("token"), registered.text("/enrolmentToken"));
        var builder = new ProcessBuilder(command(surroundings, data, server, token))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("agent.log").toFile());
        var agent = new AgentProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(agent.process::destroy));
        var host = "/api/v1/hosts/" + registered.text("/id");
        long end = System.nanoTime() + ONLINE_PATIENCE.toNanos();
        while (!admin.find(host).text("/state").equals("online")) {
            if (!agent.process.isAlive() || System.nanoTime() > end) {
                agent.close();
                throw new IOException("the agent did not come: " + Files.readString(data.resolve("agent.log")));
            }
            Thread.sleep(LOOK);
        }
        return agent;
    }

    private static List<String> command(Surroundings surroundings, Path data, URI server, Path token) {
        var command = new ArrayList<String>();
        for (String part : surroundings.agent()) {
            command.add(part.replace("@DATA@", data.toString())
                    .replace("@SERVER@", server.toString())
                    .replace("@TOKEN@", token.toString()));
        }
        return command;
    }

    public long residentBytes() throws IOException {
        return Resident.bytes(process.toHandle());
    }

    /** Of all its threads, since it was started; to a hundredth of a second. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** As an init system would, and if that does not help, as the kernel would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
