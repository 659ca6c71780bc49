package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.api.HostView;
import dev.trailer.domain.host.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each host was last heard from and how it is doing. Any thread; blocks. */
public final class AgentSessions {
    /** Enough for somebody to see what they are; an engine may hold thousands. */
    private static final int MAX_STRAYS = 200;

    private final Database database;

    AgentSessions(Database database) {
        this.database = database;
    }

    /** By host id; hosts whose agent never came are missing. */
    public Map<String, AgentStatus> of(Collection<String> hosts) {
        var found = new LinkedHashMap<String, AgentStatus>();
        if (hosts.isEmpty()) {
            return found;
        }
        return database.ask(jdbc -> {
            jdbc.sql("""
                select a.host, a.agent_version, a.epoch, a.last_seen_at, m.cpu_percent, m.memory_used_bytes,
                  m.memory_total_bytes, m.load1, m.disk_used_bytes, m.disk_total_bytes, m.at,
                  s.total as strays, s.names as stray_names, s.at as strays_at
                from agent_session a
                left join host_sample m on m.host = a.host left join host_stray s on s.host = a.host
                where a.host = any (?)""").param(hosts.toArray(String[]::new)).query((ResultSet row) -> {
                found.put(row.getString("host"), status(row));
            });
            return found;
        });
    }

    /** Replaces the host's sample. */
    void sample(HostId host, HostMetrics metrics) {
        if (!Double.isFinite(metrics.cpuPercent()) || !Double.isFinite(metrics.load1())) {
            return;
        }
        database.ask(jdbc -> jdbc.sql("""
                insert into host_sample (host, cpu_percent, memory_used_bytes, memory_total_bytes, load1,
                  disk_used_bytes, disk_total_bytes, at)
                values (?, ?, ?, ?, ?, ?, ?, clock_timestamp())
                on conflict (host) do update set
                  cpu_percent = excluded.cpu_percent, memory_used_bytes = excluded.memory_used_bytes,
                  memory_total_bytes = excluded.memory_total_bytes, load1 = excluded.load1,
                  disk_used_bytes = excluded.disk_used_bytes, disk_total_bytes = excluded.disk_total_bytes,
                  at = excluded.at""")
                .params(
                        host.value(),
                        metrics.cpuPercent(),
                        metrics.memoryUsedBytes(),
                        metrics.memoryTotalBytes(),
                        metrics.load1(),
                        metrics.diskUsedBytes(),
                        metrics.diskTotalBytes())
                .update());
    }

    /** Replaces what was named before. */
    void strays(HostId host, List<String> names) {
        if (names.isEmpty()) {
            database.ask(jdbc -> jdbc.sql("delete from host_stray where host = ?")
                    .param(host.value())
                    .update());
            return;
        }
        var first = names.stream().limit(MAX_STRAYS).map(Texts::word).toArray(String[]::new);
        database.ask(
                jdbc -> jdbc.sql("""
                insert into host_stray (host, total, names, at) values (?, ?, ?, clock_timestamp())
                on conflict (host) do update set
                  total = excluded.total, names = excluded.names, at = excluded.at""").params(host.value(), names.size(), first).update());
    }

    private static AgentStatus status(ResultSet row) throws SQLException {
        var lastSeen = row.getObject("last_seen_at", OffsetDateTime.class).toInstant();
        return new AgentStatus(
                new HostView.AgentView(row.getString("agent_version"), row.getLong("epoch"), lastSeen),
                metrics(row),
                strays(row));
    }

    private static HostView.@Nullable StraysView strays(ResultSet row) throws SQLException {
        var at = row.getObject("strays_at", OffsetDateTime.class);
        return at == null
                ? null
                : new HostView.StraysView(
                        row.getInt("strays"),
                        List.of((String[]) row.getArray("stray_names").getArray()),
                        at.toInstant());
    }

    private static HostView.@Nullable MetricsView metrics(ResultSet row) throws SQLException {
        var at = row.getObject("at", OffsetDateTime.class);
        if (at == null) {
            return null;
        }
        return new HostView.MetricsView(
                row.getDouble("cpu_percent"),
                row.getLong("memory_used_bytes"),
                row.getLong("memory_total_bytes"),
                row.getDouble("load1"),
                row.getLong("disk_used_bytes"),
                row.getLong("disk_total_bytes"),
                at.toInstant());
    }
}
