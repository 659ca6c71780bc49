package dev.trailer.bench.limit;

import dev.trailer.bench.server.Database;
import dev.trailer.bench.server.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Durable one-row inserts by {@code pgbench -M prepared}: a row with the columns and the sizes of the ledger's own, into a table
 * that has but a primary key drawn from a sequence, in a database of its own on the same PostgreSQL. Each is one
 * transaction, flushed to disk as the server's settings demand.
 */
public final class RowInserts {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    /** Over the window: connecting, and ending tidily. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Surroundings surroundings;
    private final Database database;
    private final Path script;

    private RowInserts(Surroundings surroundings, Database database, Path script) {
        this.surroundings = surroundings;
        this.database = database;
        this.script = script;
    }

    /**
     * @param product where the ledger is
     * @param type the newest event of this stored name gives the sizes
     */
    public static RowInserts like(Surroundings surroundings, Database product, String type)
            throws SQLException, IOException {
        var database = product.sibling("bench_limit");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table one_row (
                      position bigint generated always as identity primary key,
                      event_id uuid not null, aggregate_kind text not null, aggregate_id text not null,
                      sequence bigint not null, type text not null, revision int not null,
                      recorded_at timestamptz not null, metadata bytea not null, payload bytea not null,
                      salt bytea not null, digest bytea not null, leaf bytea not null, chain bytea not null)""");
        }
        var script = surroundings.work().resolve("one-row.sql");
        Files.writeString(script, insert(product, type));
        return new RowInserts(surroundings, database, script);
    }

    /** The row's own values as literals, so that nothing has to be sent or made for each. */
    private static String insert(Database product, String type) throws SQLException {
        try (var connection = product.connect();
                var query = connection.prepareStatement("""
                        select format('insert into one_row (event_id, aggregate_kind, aggregate_id, sequence, type, revision,'
                          ' recorded_at, metadata, payload, salt, digest, leaf, chain) values (%L, %L, %L, %L, %L, %L, %L,'
                          ' %L, %L, %L, %L, %L, %L);', event_id, aggregate_kind, aggregate_id, sequence, type, revision,
                          recorded_at, metadata, payload, salt, digest, leaf, chain)
                        from ledger_event where type = ? order by position desc limit 1""")) {
            query.setString(1, type);
            var row = query.executeQuery();
            row.next();
            return row.getString(1) + "\n";
        }
    }

    /** @return inserts per second, without the time to connect */
    public double perSecond(int clients, Duration window) throws IOException, InterruptedException {
        var output = surroundings.work().resolve("pgbench.log");
        var cores = Runtime.getRuntime().availableProcessors();
        var command = List.of(
                surroundings.pgbench(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(clients, cores),
                "--time=" + window.toSeconds(),
                "--file=" + script,
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + database.user(),
                database.name());
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PGPASSWORD", database.password());
        var process = builder.start();
        if (!process.waitFor(window.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("pgbench did not end");
        }
        var said = Files.readString(output, StandardCharsets.UTF_8);
        var rate = RATE.matcher(said);
        if (process.exitValue() != 0 || !rate.find()) {
            throw new IOException(String.format(Locale.ROOT, "pgbench failed: %s", said));
        }
        return Double.parseDouble(rate.group(1));
    }
}
