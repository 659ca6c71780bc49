package dev.trailer.agent.main;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the program is told at its start. Read by hand: a library for it would be a tenth of what the program may weigh.
 *
 * @param data where everything is kept
 * @param server null for the one of the last start
 * @param tokenFile with the enrolment token; null where the host is enrolled
 * @param caFile with authorities to trust besides Java's; null for those of the last start
 */
record Options(
        Path data,
        @Nullable URI server,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        boolean help) {
    static final String HELP = """
            Usage: java -jar trailer-agent.jar [option…]

            Makes true on this host's container engine what a Trailer server says. infra/up --mode agent starts it.

              --data DIR         where everything is kept                                   (data)
              --server URL       the server to work for, https://… or http://…; kept after the first start
              --token-file FILE  the enrolment token the server gave; needed once
              --ca-file FILE     PEM certificates of authorities to trust besides Java's; kept likewise
              --help             this

            Environment: DOCKER_HOST, unix:///var/run/docker.sock where it is not set.
            """;

    private static final String DATA = "--data";
    private static final String SERVER = "--server";
    private static final String TOKEN_FILE = "--token-file";
    private static final String CA_FILE = "--ca-file";
    private static final Set<String> VALUED = Set.of(DATA, SERVER, TOKEN_FILE, CA_FILE);

    static Options parse(List<String> arguments) throws BadUsage {
        Map<String, String> values = new HashMap<>();
        boolean help = false;
        var left = arguments.iterator();
        while (left.hasNext()) {
            var argument = left.next();
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
                continue;
            }
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (!VALUED.contains(name)) {
                throw new BadUsage(
                        "unknown option " + name + "; allowed are --data, --server, --token-file, --ca-file, --help");
            }
            var value = equals >= 0 ? argument.substring(equals + 1) : left.hasNext() ? left.next() : "";
            if (value.isEmpty() || value.startsWith("--")) {
                throw new BadUsage(name + " needs a value");
            }
            if (values.put(name, value) != null) {
                throw new BadUsage(name + " is given twice");
            }
        }
        var server = values.get(SERVER);
        var data = path(values, DATA);
        return new Options(
                data == null ? Path.of("data") : data,
                server == null ? null : serverUrl(SERVER, server),
                path(values, TOKEN_FILE),
                path(values, CA_FILE),
                help);
    }

    private static @Nullable Path path(Map<String, String> values, String name) throws BadUsage {
        var value = values.get(name);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            throw new BadUsage(name + ": no path: " + e.getReason());
        }
    }

    /**
     * A server's own address and no more: paths of the protocol go behind it, and a password in it would be told in logs.
     *
     * @param where it was said, for the message, which does not repeat a URL that may hold a password
     */
    static URI serverUrl(String where, String text) throws BadUsage {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new BadUsage(where + ": no URL: " + e.getReason());
        }
        var scheme = url.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            throw new BadUsage(where + ": must begin with https:// or http://");
        }
        if (url.getRawUserInfo() != null) {
            throw new BadUsage(where + ": must have no user and password; the agent brings credentials of its own");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new BadUsage(where + ": must name a host, and a port of 1 to 65535 if any");
        }
        var path = url.getRawPath();
        if (!(path.isEmpty() || path.equals("/")) || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new BadUsage(where + ": must end after the host and port, as in https://trailer.example:8443");
        }
        return url;
    }
}
