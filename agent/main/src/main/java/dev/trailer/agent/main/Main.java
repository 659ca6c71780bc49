package dev.trailer.agent.main;

import dev.trailer.agent.service.Agent;
import dev.trailer.agent.service.AgentConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the program starts. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int BAD_USAGE = 2;

    private Main() {}

    /** Runs until it is told to stop by SIGINT or SIGTERM; what runs on the engine runs on. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            var options = Options.parse(List.of(arguments));
            if (options.help()) {
                System.out.print(Options.HELP);
                return;
            }
            closeAtTheEnd(start(options, System.out));
        } catch (BadUsage e) {
            System.err.println("trailer: " + e.getMessage() + " (see --help)");
            System.exit(BAD_USAGE);
        } catch (IOException e) {
            System.err.println("trailer: the agent could not start: " + e);
            System.exit(1);
        }
        // The hook ends the process.
        new CountDownLatch(1).await();
    }

    private static Agent start(Options options, PrintStream out) throws BadUsage, IOException {
        var kept = new Kept(options.data());
        var server = kept.server(options.server());
        var trust = kept.trust(options.caFile());
        var token = EnrolmentToken.atStart(options.tokenFile(), Agent.isEnrolled(kept.state()));
        warnOfPlainText(server);
        var agent = Agent.start(AgentConfig.of(server, kept.state(), () -> token)
                .withLaterToken(() -> EnrolmentToken.now(options.tokenFile()))
                .withTrust(trust));
        out.println("Trailer agent started for " + server);
        return agent;
    }

    private static void warnOfPlainText(URI server) {
        if (server.getScheme().equalsIgnoreCase("http") && !isThisMachine(server.getHost())) {
            LOG.warn(
                    "{} is not encrypted: whoever is on the way there can read this host's secret and act in its name",
                    server);
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void closeAtTheEnd(Agent agent) {
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "shutdown"));
    }
}
