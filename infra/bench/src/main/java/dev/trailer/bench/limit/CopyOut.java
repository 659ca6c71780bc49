package dev.trailer.bench.limit;

import dev.trailer.bench.server.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The whole ledger by {@code COPY … TO STDOUT}, thrown away: the fastest that PostgreSQL hands rows out. */
public final class CopyOut {
    private final Database database;

    public CopyOut(Database database) {
        this.database = database;
    }

    /** @return rows per second */
    public double perSecond() throws SQLException, IOException {
        try (var connection = database.connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long begun = System.nanoTime();
            long rows = copy.copyOut("copy ledger_event to stdout", OutputStream.nullOutputStream());
            return rows / ((System.nanoTime() - begun) / 1e9);
        }
    }
}
