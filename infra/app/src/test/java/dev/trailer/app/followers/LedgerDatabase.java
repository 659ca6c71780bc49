package dev.trailer.app.followers;

import dev.trailer.app.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL with a ledger in it that is written by no committer: its events are made up in the database, some of
 * thousands in a second. {@code @ExtendWith(LedgerDatabase.OneForAll.class)} and a parameter gives tests one for the whole
 * run, on which each follows under names of its own.
 */
final class LedgerDatabase implements AutoCloseable {
    /** Workspaces that the events are about, in turn; the first of each makes it, the others tell what was observed. */
    private static final int WORKSPACES = 500;

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final DataSource connections;
    private final JdbcClient sql;

    private LedgerDatabase(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        var properties = new Properties();
        properties.setProperty("user", postgres.user());
        properties.setProperty("password", postgres.password());
        this.connections = new DriverManagerDataSource(postgres.url(), properties);
        this.sql = JdbcClient.create(connections);
        Flyway.configure().dataSource(connections).load().migrate();
    }

    static LedgerDatabase start() {
        try {
            return new LedgerDatabase(Files.createTempDirectory("trailer-ledger"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new connection each time. */
    DataSource connections() {
        return connections;
    }

    JdbcClient sql() {
        return sql;
    }

    long head() {
        return sql.sql("select position from ledger_head").query(Long.class).single();
    }

    /** @return the head afterwards */
    long grow(int events) {
        sql.sql("""
                        insert into ledger_event
                        select position, gen_random_uuid(), 'workspace', id, sequence,
                          case sequence when 0 then 'workspace.created' else 'workspace.observed' end, 1,
                          clock_timestamp(), convert_to('{"actor":{"kind":"agent","id":"' || host || '"},"commandId":"' || id
                            || '","correlationId":"' || id || '","causationId":null,"traceId":null}', 'UTF8'),
                          convert_to(case sequence when 0 then '{"workspace":"' || id || '","owner":"' || host
                            || '","spec":{"name":"w' || nth || '","resources":{"cpuMillis":100,"memoryBytes":1073741824,"gpus":0},'
                            || '"env":{},"volumes":[],"apps":[],"autoStop":null},"image":{"id":"' || host
                            || '","name":"base","version":1},"host":{"id":"' || host || '","name":"local"},'
                            || '"desired":"running","generation":1,"container":1}'
                          else '{"workspace":"' || id || '","observation":{"phase":"' || case sequence % 2 when 0 then 'running'
                            else 'preparing' end || '","generation":1,"reason":null,"container":"c' || position || '"}}' end,
                            'UTF8'),
                          decode(repeat('00', 16), 'hex'), zeros, zeros, zeros
                        from (select p as position, (p - 1) % :workspaces as nth, (p - 1) / :workspaces as sequence,
                            '01900000-0000-7000-8000-' || lpad(((p - 1) % :workspaces)::text, 12, '0') as id,
                            '01900000-0000-7000-9000-000000000000' as host, decode(repeat('00', 32), 'hex') as zeros
                          from ledger_head h, generate_series(h.position + 1, h.position + :events) as p) made""").param("events", events).param("workspaces", WORKSPACES).update();
        sql.sql("update ledger_head set position = position + ?, recorded_at = clock_timestamp()")
                .param(events)
                .update();
        return head();
    }

    @Override
    public void close() {
        postgres.close();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives tests the one of the run. */
    static final class OneForAll implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == LedgerDatabase.class;
        }

        @Override
        public LedgerDatabase resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return extension
                    .getRoot()
                    .getStore(Namespace.create(LedgerDatabase.class))
                    .computeIfAbsent(LedgerDatabase.class, _ -> start(), LedgerDatabase.class);
        }
    }
}
