package dev.trailer.app;

import dev.trailer.app.postgres.EmbeddedPostgres;
import dev.trailer.app.start.FirstStart;
import dev.trailer.app.wiring.Followers;
import dev.trailer.app.wiring.ServerConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A running server: its database, if it is of its own, and everything in front of it. */
public final class Server implements AutoCloseable {
    /** A new database's views are made in less than a second; one that takes longer is told of in {@code /readyz}. */
    private static final Duration VIEWS = Duration.ofSeconds(10);

    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;

    private Server(@Nullable EmbeddedPostgres postgres, ConfigurableApplicationContext context) {
        this.postgres = postgres;
        this.context = context;
    }

    /**
     * Starts one that needs nothing else: on a port of its choice, with a PostgreSQL and all its files under {@code data}.
     * The benchmarks ask for it by name, and the tests start theirs with it.
     */
    public static Server start(Path data, Clock clock) throws IOException, InterruptedException {
        return start(data, "127.0.0.1", 0, null, null, null, clock);
    }

    /**
     * Starts one; returns once it answers, its views too unless that takes very long.
     *
     * @param databaseUrl null for a PostgreSQL of its own under {@code data}
     * @param port 0 for any that is free
     * @param checkpoints the file that attests the ledger from outside of the database; null for one in {@code data}
     * @param secretsKey the file with the keys that secrets are sealed with; null for one in {@code data}
     * @param clock by which it dates what is recorded, and judges what is over
     */
    public static Server start(
            Path data,
            String listen,
            int port,
            @Nullable DatabaseUrl databaseUrl,
            @Nullable Path checkpoints,
            @Nullable Path secretsKey,
            Clock clock)
            throws IOException, InterruptedException {
        if (databaseUrl != null) {
            databaseUrl.requireUsable();
        }
        var postgres = databaseUrl == null ? EmbeddedPostgres.start(data.resolve("postgres")) : null;
        try {
            var url = postgres == null
                    ? Objects.requireNonNull(databaseUrl)
                    : new DatabaseUrl(postgres.url(), postgres.user(), postgres.password());
            var context = new SpringApplicationBuilder(ServerConfiguration.class)
                    .web(WebApplicationType.REACTIVE)
                    .registerShutdownHook(false)
                    .properties(properties(listen, port, url))
                    .properties(Map.of(
                            "trailer.data",
                            data.toString(),
                            "trailer.checkpoints",
                            Objects.requireNonNullElse(checkpoints, data.resolve("checkpoints.ndjson"))
                                    .toString(),
                            "trailer.secrets-key",
                            Objects.requireNonNullElse(secretsKey, data.resolve("secrets-key"))
                                    .toString()))
                    .initializers(starting -> take(starting, clock))
                    .run();
            context.getBean(Followers.class).awaitBegun(VIEWS);
            return new Server(postgres, context);
        } catch (RuntimeException | InterruptedException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    /** In front of the clock that the rooms are wired with otherwise. */
    private static void take(ConfigurableApplicationContext starting, Clock clock) {
        ((GenericApplicationContext) starting)
                .registerBean("givenClock", Clock.class, () -> clock, definition -> definition.setPrimary(true));
    }

    private static Map<String, Object> properties(String listen, int port, DatabaseUrl database) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.address", listen);
        properties.put("server.port", port);
        properties.put("spring.datasource.url", database.jdbc());
        if (database.user() != null) {
            properties.put("spring.datasource.username", database.user());
        }
        if (database.password() != null) {
            properties.put("spring.datasource.password", database.password());
        }
        return properties;
    }

    public FirstStart firstStart() {
        return context.getBean(FirstStart.class);
    }

    /** What it is made of, for tests. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** The port that it listens on. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Its PostgreSQL, for tests; null where it is not of its own. */
    public @Nullable EmbeddedPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        context.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
