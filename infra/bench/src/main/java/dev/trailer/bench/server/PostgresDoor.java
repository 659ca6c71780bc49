package dev.trailer.bench.server;

import java.nio.file.Path;

/** The PostgreSQL of a server that does not run, on that server's data. By name, for the reason that {@link ServerDoor} has. */
public final class PostgresDoor implements AutoCloseable {
    private final Object postgres;

    private PostgresDoor(Object postgres) {
        this.postgres = postgres;
    }

    public static PostgresDoor start(Path data) throws ReflectiveOperationException {
        return new PostgresDoor(Class.forName("dev.trailer.app.postgres.EmbeddedPostgres")
                .getMethod("start", Path.class)
                .invoke(null, data.resolve("postgres")));
    }

    public Database database() throws ReflectiveOperationException {
        return ServerDoor.database(postgres);
    }

    @Override
    public void close() {
        ServerDoor.close(postgres);
    }
}
