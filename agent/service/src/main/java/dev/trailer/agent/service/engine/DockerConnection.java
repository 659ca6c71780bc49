package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Four clients to one engine, alike but for how long they wait, and the one place where the client's exceptions become
 * ours. The API version is agreed on at the first call, and again after the engine was away.
 */
final class DockerConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerConnection.class);

    /** The newest version that docker-java 3.7 speaks; Engine 29 refuses older ones, 20.10 offers 1.41. */
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;

    private static final int OK = 200;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A ping needs nothing of an engine but that it runs. With the time between two, within the fastest heartbeat's pace. */
    private static final Duration PING = Duration.ofSeconds(3);
    /** Lists and inspections: an engine that takes longer counts as down. */
    private static final Duration READ = Duration.ofSeconds(20);
    /** A look is a call for each of hundreds of things, on an engine that has just answered a ping. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** Changes: a stop's grace and slow disks fit in. */
    private static final Duration WRITE = Duration.ofMinutes(2);
    /** Looking at every file of every volume: beyond this, sizes are not worth what they cost. */
    private static final Duration MEASURE = Duration.ofMinutes(5);
    /** 8 changes, 2 builds, the watch, and reads. */
    private static final int MAX_CONNECTIONS = 24;

    private final String host;
    private @Nullable Clients clients;
    private boolean agreed;
    private boolean closed;

    DockerConnection(String host) {
        this.host = host;
    }

    void ping() {
        boolean answered = guarded(() -> ponged(clients().pings()), true);
        assert answered;
    }

    private static boolean ponged(DockerClient docker) throws IOException {
        return Bounded.within(PING, () -> {
            docker.pingCmd().exec();
            return true;
        });
    }

    <T> T read(Function<DockerClient, T> call) {
        return guarded(() -> Bounded.within(LOOK, () -> call.apply(clients().reads())), true);
    }

    /** How an answer is read that the client library does not know. */
    @FunctionalInterface
    interface Answer<T> {
        T read(InputStream body) throws IOException;
    }

    <T> T get(String path, Answer<T> answer) {
        return guarded(
                () -> Bounded.within(READ, () -> got(path, answer, clients().raw())), true);
    }

    /** For what an engine may think about for long; then that it does not answer in time does not mean that it is down. */
    <T> T getSlowly(String path, Answer<T> answer) {
        return guarded(
                () -> Bounded.within(MEASURE, () -> got(path, answer, clients().patient())), false);
    }

    private <T> T got(String path, Answer<T> answer, DockerHttpClient client) throws IOException {
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/v" + clients().version().getVersion() + path)
                .build();
        try (var response = client.execute(request)) {
            if (response.getStatusCode() != OK) {
                throw new EngineException("the engine answered " + response.getStatusCode() + " to " + path);
            }
            return answer.read(response.getBody());
        }
    }

    <T> T write(Function<DockerClient, T> call) {
        return guarded(() -> Bounded.within(WRITE, () -> call.apply(clients().writes())), false);
    }

    /** Without a time limit between bytes: the caller bounds the whole. */
    <T> T stream(Function<DockerClient, T> call) {
        return guarded(() -> call.apply(clients().streams()), false);
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T guarded(Call<T> call, boolean timeOutIsDown) {
        try {
            return call.make();
        } catch (EngineException e) {
            throw e;
        } catch (DockerException e) {
            throw new EngineException(Dialect.words(e), e);
        } catch (IOException | RuntimeException e) {
            throw translated(e, timeOutIsDown);
        }
    }

    /** What a failed stream threw, as one of ours. */
    EngineException translated(Throwable e, boolean timeOutIsDown) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DockerException docker) {
                return new EngineException(Dialect.words(docker), e);
            }
            if (cause instanceof SocketTimeoutException && !timeOutIsDown) {
                return new EngineException("the engine did not answer in time", e);
            }
            if (cause instanceof IOException) {
                forget();
                return new EngineDownException("the engine does not answer: " + cause, e);
            }
        }
        return new EngineException(String.valueOf(e.getMessage()), e);
    }

    RemoteApiVersion apiVersion() {
        return guarded(() -> clients().version(), true);
    }

    Dialect.Engine engine() {
        return guarded(() -> clients().engine(), true);
    }

    private synchronized Clients clients() throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        Clients have = clients;
        if (have != null && agreed) {
            return have;
        }
        Version offered = askedUnversioned();
        RemoteApiVersion version = negotiated(offered);
        Dialect.Engine engine = Dialect.Engine.of(offered);
        if (have == null || !have.version().equals(version) || have.engine() != engine) {
            if (have != null) {
                have.close();
            }
            have = new Clients(version, engine);
            clients = have;
        }
        agreed = true;
        return have;
    }

    private Version askedUnversioned() {
        // Both are answered by every engine without a version in their path.
        try (DockerClient unversioned = client(RemoteApiVersion.unknown(), READ)) {
            boolean answered = ponged(unversioned);
            assert answered;
            return Bounded.within(READ, () -> unversioned.versionCmd().exec());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RemoteApiVersion negotiated(Version version) {
        RemoteApiVersion offered = RemoteApiVersion.parseConfig(version.getApiVersion());
        return offered.isGreater(NEWEST) ? NEWEST : offered;
    }

    private DockerClient client(RemoteApiVersion version, Duration answer) {
        var config = config(version);
        return DockerClientImpl.getInstance(config, http(config, answer));
    }

    private DefaultDockerClientConfig config(RemoteApiVersion version) {
        return DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .withApiVersion(version)
                .build();
    }

    private DockerHttpClient http(DefaultDockerClientConfig config, Duration answer) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(URI.create(host))
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(CONNECT)
                .responseTimeout(answer)
                .maxConnections(MAX_CONNECTIONS)
                .build();
    }

    /** An engine that comes back may be another version. The clients stay: a build in another thread may still go on. */
    private synchronized void forget() {
        agreed = false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (clients != null) {
            clients.close();
        }
    }

    private final class Clients {
        private final RemoteApiVersion version;
        private final Dialect.Engine engine;
        private final DockerHttpClient raw;
        private final DockerClient pings;
        private final DockerHttpClient patient;
        private final DockerClient reads;
        private final DockerClient writes;
        private final DockerClient streams;

        Clients(RemoteApiVersion version, Dialect.Engine engine) {
            this.version = version;
            this.engine = engine;
            var config = config(version);
            raw = http(config, READ);
            pings = client(version, PING);
            patient = http(config, MEASURE);
            reads = DockerClientImpl.getInstance(config, raw);
            writes = client(version, WRITE);
            streams = client(version, Duration.ZERO);
        }

        RemoteApiVersion version() {
            return version;
        }

        Dialect.Engine engine() {
            return engine;
        }

        DockerHttpClient raw() {
            return raw;
        }

        DockerClient pings() {
            return pings;
        }

        DockerHttpClient patient() {
            return patient;
        }

        DockerClient reads() {
            return reads;
        }

        DockerClient writes() {
            return writes;
        }

        DockerClient streams() {
            return streams;
        }

        void close() {
            try {
                patient.close();
            } catch (IOException e) {
                LOG.debug("closing a connection to the engine: {}", e.getMessage());
            }
            for (DockerClient client : new DockerClient[] {pings, reads, writes, streams}) {
                try {
                    client.close();
                } catch (IOException e) {
                    // Nothing is lost: it held only connections.
                    LOG.debug("closing a connection to the engine: {}", e.getMessage());
                }
            }
        }
    }
}
