package dev.trailer.app;

import dev.trailer.agent.service.Agent;
import dev.trailer.agent.service.AgentConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private static final int BAD_USAGE = 2;
    private static final Logger log = LoggerFactory.getLogger(Main.class);

    /** What is running, the last started first; ended in that order. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private final Options options;
    private final PrintStream out;

    private Main(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs until it is told to stop by SIGINT or SIGTERM. */
    public static void main(String[] arguments) {
        var options = new Options();
        var commandLine = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(false);
        try {
            var parsed = commandLine.parseArgs(arguments);
            if (parsed.hasSubcommand()) {
                System.exit(VerifyCommand.run(parsed.subcommand(), System.out, System.err));
            }
            if (commandLine.isUsageHelpRequested()) {
                commandLine.usage(System.out);
                return;
            }
            new Main(options, System.out).run();
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            System.err.println("trailer: " + e.getMessage());
            System.exit(BAD_USAGE);
        } catch (Exception e) {
            log.error("Trailer could not start", e);
            System.err.println("trailer: could not start: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws Exception {
        if (options.port < 1 || options.port > 65_535) {
            throw new IllegalArgumentException("--port must be 1 to 65535");
        }
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            closeAll();
                            stopped.countDown();
                        },
                        "shutdown"));
        Files.createDirectories(options.data);
        Files.setPosixFilePermissions(options.data, PosixFilePermissions.fromString("rwx------"));
        switch (options.mode) {
            case server -> startServer();
            case standalone -> {
                var server = startServer();
                start(Agent.start(AgentConfig.of(
                        URI.create("http://" + hostPart() + ":" + options.port),
                        options.data.resolve("agent"),
                        () -> Optional.of(server.firstStart().localEnrolmentToken()))));
                sayReady(server);
            }
        }
        stop.await();
        stopped.await();
    }

    private Server startServer() throws IOException, InterruptedException {
        var database = options.databaseUrl == null ? null : DatabaseUrl.parse(options.databaseUrl);
        var server = start(Server.start(
                options.data,
                options.listen,
                options.port,
                database,
                options.checkpoints,
                options.secretsKey,
                Clock.systemUTC()));
        server.firstStart().prepare(options.data.resolve("admin-token"));
        if (options.mode == Options.Mode.server) {
            sayReady(server);
        }
        return server;
    }

    /** Lines that a person waits for; scripts look for their beginnings. */
    private void sayReady(Server server) {
        var url = "http://" + (isLoopback() ? "localhost" : hostPart()) + ":" + options.port;
        out.println("Ready on " + url);
        out.println("Sign in: " + url + "/sign-in#" + server.firstStart().newSignInLink());
        out.println("Admin token: " + options.data.resolve("admin-token"));
        out.flush();
    }

    private boolean isLoopback() {
        return options.listen.equals("127.0.0.1") || options.listen.equals("localhost") || options.listen.equals("::1");
    }

    /** The address as it stands in a URL; one that means every address is reached by loopback. */
    private String hostPart() {
        return switch (options.listen) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> options.listen.contains(":") ? "[" + options.listen + "]" : options.listen;
        };
    }

    private synchronized <T extends AutoCloseable> T start(T part) {
        running.push(part);
        return part;
    }

    private synchronized void closeAll() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                log.warn("While stopping", e);
            }
        }
    }
}
