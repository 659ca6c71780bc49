package dev.trailer.agent.gateway.attempts;

import dev.trailer.api.AttemptView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what agents did and what it said. Any thread; blocks on the database. */
public final class AttemptReader {
    /** Worked on by a process that is no more. */
    private static final String SHOWN = """
            select a.*, a.outcome = 'working' and coalesce(a.epoch < s.epoch, true) as lost,
              (extract(epoch from clock_timestamp() - a.started_at) * 1000)::bigint as age,
              exists (select from attempt_output o where o.attempt = a.id) as has_output
            from attempt a left join agent_session s on s.host = a.host
            """;

    private final JdbcClient database;

    public AttemptReader(JdbcClient database) {
        this.database = database;
    }

    /**
     * Those of a workspace on any host, and those of images on one host that were worked on since a time; the newest first.
     *
     * @param after the id of the last one that was seen; null to begin
     */
    public List<AttemptView> newest(
            String workspace,
            String host,
            Collection<String> images,
            Instant since,
            @Nullable String after,
            int limit) {
        return database.sql(SHOWN + """
                        where (a.subject = :workspace
                            or (a.subject = any (:images) and a.host = :host and coalesce(a.ended_at, 'infinity') >= :since))
                          and (:after::text is null
                            or (a.started_at, a.id) < (select l.started_at, l.id from attempt l where l.id = :after))
                        order by a.started_at desc, a.id desc limit :limit""")
                .param("workspace", workspace)
                .param("images", images.toArray(String[]::new))
                .param("host", host)
                .param("since", utc(since))
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> view(row))
                .list();
    }

    /** One of a workspace on any host, or of images on one host. */
    public Optional<AttemptView> one(String attempt, String workspace, String host, Collection<String> images) {
        return database.sql(SHOWN + """
                        where a.id = :id
                          and (a.subject = :workspace or (a.subject = any (:images) and a.host = :host))""")
                .param("id", attempt)
                .param("workspace", workspace)
                .param("images", images.toArray(String[]::new))
                .param("host", host)
                .query((row, _) -> view(row))
                .optional();
    }

    /** Those of images on one host that were worked on between two times, the oldest first; at most {@code limit}. */
    public List<AttemptView> between(String host, Collection<String> images, Instant from, Instant to, int limit) {
        return database.sql(SHOWN + """
                        where a.subject = any (:images) and a.host = :host
                          and coalesce(a.ended_at, 'infinity') >= :from and a.started_at <= :to
                        order by a.started_at, a.id limit :limit""")
                .param("images", images.toArray(String[]::new))
                .param("host", host)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("limit", limit)
                .query((row, _) -> view(row))
                .list();
    }

    /** Rows of output behind a line, in order, each with the number of its last line; a row may begin before it. */
    public List<OutputRow> output(String attempt, long afterLine, int limit) {
        return database.sql("""
                        select first_line, lines from attempt_output where attempt = ? and last_line > ?
                        order by last_line limit ?""")
                .params(attempt, afterLine, limit)
                .query((row, _) -> new OutputRow(
                        row.getLong("first_line"),
                        List.of(row.getString("lines").split("\n", -1))))
                .list();
    }

    /** @param first the number of its first line */
    public record OutputRow(long first, List<String> lines) {}

    private static AttemptView view(ResultSet row) throws SQLException {
        var startedAt = row.getObject("started_at", OffsetDateTime.class).toInstant();
        var outcome = row.getString("outcome");
        boolean lost = row.getBoolean("lost");
        var endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new AttemptView(
                row.getString("id"),
                row.getString("subject"),
                null,
                row.getLong("generation"),
                startedAt,
                endedAt == null ? null : endedAt.toInstant(),
                lost ? "lost" : outcome,
                Steps.read(
                        row.getString("steps"),
                        startedAt,
                        outcome.equals("working") && !lost ? row.getLong("age") : null),
                row.getBoolean("has_output"));
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
