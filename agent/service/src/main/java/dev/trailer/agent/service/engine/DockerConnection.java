package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to one engine: how long each kind of call may take, how many there may be at once, and the one place where the client's
 * exceptions become ours. The API version is agreed on at the first call, and again after the engine was away.
 */
final class DockerConnection implements AutoCloseable {
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
    /** 8 changes, looks, samples. */
    private static final int MAX_CALLS = 24;
    /** 2 builds, a pull or a command inside of each of 8 that are made, the watch. Apart, so that no stream keeps a call waiting. */
    private static final int MAX_STREAMS = 24;

    private final String host;
    private @Nullable Clients clients;
    private boolean agreed;
    private boolean closed;

    DockerConnection(String host) {
        this.host = host;
    }

    void ping() {
        boolean answered = guarded(() -> ponged(clients().calls()), true);
        assert answered;
    }

    private static boolean ponged(DockerClient docker) throws IOException {
        return Bounded.within(PING, () -> {
            docker.pingCmd().exec();
            return true;
        });
    }

    <T> T read(Function<DockerClient, T> call) {
        return guarded(() -> Bounded.within(LOOK, () -> call.apply(clients().calls())), true);
    }

    /** How an answer is read that the client library does not know. */
    @FunctionalInterface
    interface Answer<T> {
        T read(InputStream body) throws IOException;
    }

    <T> T get(String path, Answer<T> answer) {
        return guarded(() -> Bounded.within(READ, () -> got(path, answer)), true);
    }

    /** For what an engine may think about for long; then that it does not answer in time does not mean that it is down. */
    <T> T getSlowly(String path, Answer<T> answer) {
        return guarded(() -> Bounded.within(MEASURE, () -> got(path, answer)), false);
    }

    private <T> T got(String path, Answer<T> answer) throws IOException {
        Clients clients = clients();
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/v" + clients.version().getVersion() + path)
                .build();
        try (var response = clients.http().execute(request)) {
            if (response.getStatusCode() != OK) {
                throw new EngineException("the engine answered " + response.getStatusCode() + " to " + path);
            }
            return answer.read(response.getBody());
        }
    }

    <T> T write(Function<DockerClient, T> call) {
        return guarded(() -> Bounded.within(WRITE, () -> call.apply(clients().calls())), false);
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
            DockerHttpClient http = http(MAX_CALLS);
            have = new Clients(version, engine, http, client(version, http), client(version, http(MAX_STREAMS)));
            clients = have;
        }
        agreed = true;
        return have;
    }

    private Version askedUnversioned() throws IOException {
        // Both are answered by every engine without a version in their path.
        DockerClient unversioned = client(RemoteApiVersion.unknown(), http(1));
        boolean answered = ponged(unversioned);
        assert answered;
        return Bounded.within(READ, () -> unversioned.versionCmd().exec());
    }

    private static RemoteApiVersion negotiated(Version version) {
        RemoteApiVersion offered = RemoteApiVersion.parseConfig(version.getApiVersion());
        return offered.isGreater(NEWEST) ? NEWEST : offered;
    }

    private DockerClient client(RemoteApiVersion version, DockerHttpClient http) {
        return DockerClientImpl.getInstance(config(version), http);
    }

    private DefaultDockerClientConfig config(RemoteApiVersion version) {
        return DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .withApiVersion(version)
                .build();
    }

    private DockerHttpClient http(int most) {
        try {
            var ssl = config(RemoteApiVersion.unknown()).getSSLConfig();
            var tls = ssl == null ? null : ssl.getSSLContext();
            return new EngineTransport(EngineAddress.of(host, tls), CONNECT, most);
        } catch (GeneralSecurityException e) {
            throw new EngineException("the keys for the engine cannot be used: " + e.getMessage(), e);
        }
    }

    /** An engine that comes back may be another version. The clients stay: a build in another thread may still go on. */
    private synchronized void forget() {
        agreed = false;
    }

    /** Calls that go on end with their threads, which are their callers'. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    /**
     * @param http what {@code calls} calls by, for answers that it does not know
     * @param streams without an end of its own
     */
    private record Clients(
            RemoteApiVersion version,
            Dialect.Engine engine,
            DockerHttpClient http,
            DockerClient calls,
            DockerClient streams) {}
}
