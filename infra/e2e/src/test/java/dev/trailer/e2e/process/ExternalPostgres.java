package dev.trailer.e2e.process;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A PostgreSQL of one's own, as an operator would run it: in a container, as an ordinary user, with durable settings and a
 * password; reachable on loopback alone, on a port that it keeps over its restarts. The image is made here, of Trailer's root
 * file system and the product's own PostgreSQL, so nothing is pulled. Closing it removes the container. One thread.
 */
public final class ExternalPostgres implements AutoCloseable {
    private static final int INSIDE = 5432;
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final String USER = "trailer";

    /** Recovers what is there; makes it first where nothing is. {@code exec}: signals are for PostgreSQL itself. */
    private static final String ENTRY = """
            #!/bin/bash
            set -euo pipefail
            data=/home/keeper/data
            if [[ ! -e $data/PG_VERSION ]]; then
              rm -rf "$data.unfinished"
              /opt/postgres/bin/initdb -D "$data.unfinished" -U trailer --pwfile <(printf '%s' "$PASSWORD") \\
                --auth scram-sha-256 --data-checksums --encoding UTF8 --locale C.UTF-8
              echo 'host all all all scram-sha-256' >>"$data.unfinished/pg_hba.conf"
              mv "$data.unfinished" "$data"
            fi
            exec /opt/postgres/bin/postgres -D "$data" -c listen_addresses='*' -c port=5432 \\
              -c unix_socket_directories= -c fsync=on -c synchronous_commit=on -c full_page_writes=on \\
              -c max_connections=100 -c shared_buffers=64MB -c timezone=UTC
            """;

    private static final String DOCKERFILE = """
            FROM trailer-rootfs:bookworm
            ADD postgres.tar /opt/postgres
            COPY entry /opt/entry
            RUN chmod 755 /opt/entry && useradd --create-home keeper
            USER keeper
            ENTRYPOINT ["/opt/entry"]
            """;

    private final GenericContainer<?> container;
    private final Database database;

    private ExternalPostgres(GenericContainer<?> container, Database database) {
        this.container = container;
        this.database = database;
    }

    /** Makes the image if need be (some seconds, once), starts a container, returns once it answers. */
    public static ExternalPostgres start() {
        var password = UUID.randomUUID().toString();
        int port = Places.freePort();
        @SuppressWarnings("resource") // closed by close()
        var container = new GenericContainer<>(image())
                .withEnv("PASSWORD", password)
                .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
                .withCreateContainerCmdModifier(create -> create.withExposedPorts(ExposedPort.tcp(INSIDE))
                        .withHostConfig(onLoopback(create.getHostConfig(), port)));
        container.start();
        var postgres = new ExternalPostgres(container, new Database(port, USER, password));
        try {
            postgres.database.awaitReady();
            return postgres;
        } catch (Throwable e) {
            var words = container.getLogs();
            postgres.close();
            throw new AssertionError("the container's PostgreSQL does not answer:\n" + words, e);
        }
    }

    private static HostConfig onLoopback(@Nullable HostConfig config, int port) {
        var binding = new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(INSIDE));
        return Objects.requireNonNullElseGet(config, HostConfig::new).withPortBindings(binding);
    }

    /** Its name tells what is in it, so that what was made once is taken again. */
    private static String image() {
        var program = PostgresProgram.tar();
        var image = "trailer-faults-postgres:"
                + Integer.toHexString(
                        Objects.hash(DOCKERFILE, ENTRY, program.toFile().length()));
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return image;
        } catch (NotFoundException e) {
            return new ImageFromDockerfile(image, false)
                    .withFileFromPath("postgres.tar", program)
                    .withFileFromString("entry", ENTRY)
                    .withFileFromString("Dockerfile", DOCKERFILE)
                    .get();
        }
    }

    public Database database() {
        return database;
    }

    // ---- what is done to it ----

    /** SIGKILL to all of it; what it has not synced is still in the machine's cache, as after a crash of the process. */
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        Await.until("the container has ended", START_PATIENCE, () -> !container.isRunning());
    }

    /** After {@link #kill}: the same data, the same port. Returns once it answers. */
    public void startAgain() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        database.awaitReady();
    }

    /** Freezes all of its processes. */
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    /** What it wrote so far. */
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }
}
