package dev.trailer.bench.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A server in this process, with a PostgreSQL of its own, as {@code main} starts it. Its class is in a jar that is packed
 * for running only, so this asks by name; nothing else in this room does.
 */
public final class ServerDoor implements AutoCloseable {
    private final Object server;
    private final Path data;

    private ServerDoor(Object server, Path data) {
        this.server = server;
        this.data = data;
    }

    public static ServerDoor start(Surroundings surroundings, Path data) throws Exception {
        var start = Class.forName("dev.trailer.app.Server").getMethod("start", Path.class, Clock.class);
        var started = new ServerDoor(start.invoke(null, data, Clock.systemUTC()), data);
        var first = call(started.server, "firstStart");
        first.getClass().getMethod("prepare", Path.class).invoke(first, data.resolve("admin-token"));
        Machine.note(surroundings, started.database().version());
        return started;
    }

    public <T> T part(Class<T> type) throws ReflectiveOperationException {
        return type.cast(server.getClass().getMethod("part", Class.class).invoke(server, type));
    }

    public URI url() throws ReflectiveOperationException {
        return URI.create("http://127.0.0.1:" + call(server, "port"));
    }

    /** As the admin. */
    public Api api() throws Exception {
        return new Api(url(), Files.readString(data.resolve("admin-token")).strip());
    }

    public Database database() throws ReflectiveOperationException {
        return database(call(server, "postgres"));
    }

    static Database database(Object postgres) throws ReflectiveOperationException {
        return new Database(
                (String) call(postgres, "url"), (String) call(postgres, "user"), (String) call(postgres, "password"));
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    @Override
    public void close() {
        close(server);
    }

    static void close(Object closeable) {
        try {
            closeable.getClass().getMethod("close").invoke(closeable);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
