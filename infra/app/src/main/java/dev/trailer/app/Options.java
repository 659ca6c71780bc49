package dev.trailer.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the program is told at its start. */
@Command(
        name = "trailer",
        description = "Development workspaces on machines you own.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = VerifyCommand.class)
final class Options {
    /** What this process is. */
    enum Mode {
        server,
        standalone
    }

    @Option(
            names = "--mode",
            description =
                    "server, or standalone, which has an agent in the same process; an agent elsewhere is a program of"
                            + " its own, trailer-agent.jar.",
            defaultValue = "standalone")
    Mode mode = Mode.standalone;

    @Option(names = "--data", description = "Where everything is kept.", defaultValue = "data")
    Path data = Path.of("data");

    @Option(names = "--port", description = "To listen on, 1 to 65535.", defaultValue = "8080")
    int port = 8080;

    @Option(names = "--listen", description = "Address to listen on.", defaultValue = "127.0.0.1")
    String listen = "127.0.0.1";

    @Option(
            names = "--database-url",
            description = "A PostgreSQL 17 or newer of your own, as postgresql://user:password@host/name;"
                    + " TRAILER_DATABASE_URL does the same without showing it to other users of the machine.")
    @Nullable
    String databaseUrl = System.getenv("TRAILER_DATABASE_URL");

    @Option(
            names = "--checkpoints",
            description = "Where the signed checkpoints of the audit trail go; checkpoints.ndjson in --data otherwise."
                    + " TRAILER_CHECKPOINTS does the same.")
    @Nullable
    Path checkpoints = fromEnvironment("TRAILER_CHECKPOINTS");

    @Option(
            names = "--secrets-key",
            description = "The file with the keys that secrets are sealed with; secrets-key in --data otherwise."
                    + " TRAILER_SECRETS_KEY does the same.")
    @Nullable
    Path secretsKey = fromEnvironment("TRAILER_SECRETS_KEY");

    private static @Nullable Path fromEnvironment(String name) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? null : Path.of(value);
    }
}
