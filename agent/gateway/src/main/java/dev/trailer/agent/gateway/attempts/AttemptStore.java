package dev.trailer.agent.gateway.attempts;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.AttemptReport.Output;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps attempts and their output as they are told. Any thread; blocks on the database. */
public final class AttemptStore {
    /** Of one subject: what restarts itself for a month must not fill the disk. */
    static final int MAX_OF_SUBJECT = 200;
    /** Of one attempt; agents leave out the middle long before. */
    static final long MAX_LINE = 50_000;
    /** What was begun earlier counts as begun then: there is no partition for it. */
    private static final Duration OLDEST = Duration.ofHours(24);

    private static final int QUERY_TIMEOUT_SECONDS = 5;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    public AttemptStore(DataSource database) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
        this.database = JdbcClient.create(template);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * Keeps what is new of it; what was told before changes nothing.
     *
     * @return false if this is not the host's latest session any more, and nothing was kept
     */
    public boolean keep(String host, long epoch, List<Attempt> attempts, List<Output> output) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            // One report of a host at a time, on all servers: what one has written, the next sees.
            var current = database.sql("select 1 from agent_session where host = ? and epoch = ? for update")
                    .params(host, epoch)
                    .query(Integer.class)
                    .optional();
            if (current.isEmpty()) {
                return false;
            }
            if (!attempts.isEmpty()) {
                keep(host, epoch, attempts);
                prune(host, attempts);
            }
            if (!output.isEmpty()) {
                keep(host, output);
            }
            return true;
        }));
    }

    private void keep(String host, long epoch, List<Attempt> attempts) {
        database.sql("""
                        with told as (
                          select * from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
                            ?::text[]) t (id, subject, generation, ago, change, outcome, lasted, steps)),
                        changed as (
                          update attempt a set change = t.change, outcome = t.outcome, steps = t.steps::jsonb, epoch = ?,
                            ended_at = case when t.outcome = 'working' then null
                              else a.started_at + t.lasted * interval '1 millisecond' end
                          from told t where a.id = t.id and a.host = ? and a.change < t.change)
                        insert into attempt (id, host, epoch, subject, generation, change, outcome, started_at, ended_at, steps)
                        select id, ?, ?, subject, generation, change, outcome, started_at,
                          case when outcome = 'working' then null else started_at + lasted * interval '1 millisecond' end, steps::jsonb
                        from (select *, clock_timestamp() - ago * interval '1 millisecond' as started_at from told) t
                        where not exists (select from attempt a where a.id = t.id)""")
                .params(
                        texts(attempts, Attempt::id),
                        texts(attempts, Attempt::subject),
                        numbers(attempts, Attempt::generation),
                        numbers(attempts, a -> Math.clamp(a.agoMillis(), 0, OLDEST.toMillis())),
                        numbers(attempts, Attempt::change),
                        texts(attempts, a -> Steps.word(a.outcome())),
                        numbers(attempts, Steps::lastedMillis),
                        texts(attempts, a -> Steps.write(a.steps())),
                        epoch,
                        host,
                        host,
                        epoch)
                .update();
    }

    private void prune(String host, List<Attempt> attempts) {
        database.sql("""
                        delete from attempt a using (
                          select id, row_number() over (partition by subject order by started_at desc, id desc) as place
                          from attempt where host = ? and subject = any (?)) old
                        where a.id = old.id and old.place > ?""")
                .params(host, attempts.stream().map(Attempt::subject).distinct().toArray(String[]::new), MAX_OF_SUBJECT)
                .update();
    }

    private void keep(String host, List<Output> output) {
        var known = lastLines(host, output.stream().map(Output::attempt).toList());
        var fresh = new ArrayList<Output>();
        for (var part : output) {
            Long last = known.get(part.attempt());
            // Null: an attempt that this host never told of.
            if (last != null && part.first() >= 1 && part.first() <= MAX_LINE) {
                int had = Math.clamp(last - part.first() + 1, 0, part.lines().size());
                if (had < part.lines().size()) {
                    fresh.add(new Output(
                            part.attempt(),
                            part.first() + had,
                            part.lines().subList(had, part.lines().size())));
                    known.put(part.attempt(), part.first() + part.lines().size() - 1);
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into attempt_output (attempt, first_line, last_line, lines, at)
                        select t.*, clock_timestamp() from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[]) t""")
                .params(
                        fresh.stream().map(Output::attempt).toArray(String[]::new),
                        fresh.stream().map(Output::first).toArray(Long[]::new),
                        fresh.stream()
                                .map(o -> o.first() + o.lines().size() - 1)
                                .toArray(Long[]::new),
                        fresh.stream().map(o -> String.join("\n", o.lines())).toArray(String[]::new))
                .update();
    }

    /** The last line that is kept of each attempt that there is of the host, 0 before the first. */
    private Map<String, Long> lastLines(String host, Collection<String> attempts) {
        var last = new HashMap<String, Long>();
        database.sql("""
                        select a.id, coalesce(max(o.last_line), 0) as last
                        from attempt a left join attempt_output o on o.attempt = a.id
                        where a.host = ? and a.id = any (?) group by a.id""").params(host, attempts.toArray(String[]::new)).query((ResultSet row) -> {
            last.put(row.getString("id"), row.getLong("last"));
        });
        return last;
    }

    private static String[] texts(List<Attempt> attempts, Function<Attempt, String> value) {
        return attempts.stream().map(value).toArray(String[]::new);
    }

    private static Long[] numbers(List<Attempt> attempts, Function<Attempt, Long> value) {
        return attempts.stream().map(value).toArray(Long[]::new);
    }
}
