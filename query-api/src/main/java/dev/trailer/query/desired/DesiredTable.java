package dev.trailer.query.desired;

import static dev.trailer.query.view.ViewTable.unlessMadeAnew;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.domain.host.HostId;
import dev.trailer.query.view.ViewJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the view {@code desired}. Any thread; blocks on the database. */
final class DesiredTable {
    private static final int AT_ONCE = 1_000;

    private final JdbcClient database;

    DesiredTable(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    record Entry(long revision, DesiredResource resource) {}

    /** What is not forgotten of a host, and what changed last, forgotten or not: that is its revision. One snapshot. */
    List<Entry> of(HostId host) {
        return unlessMadeAnew(() -> database.sql("""
                select position, body from view_desired where host = :host and (kind <> 'forget'
                  or position = (select max(position) from view_desired where host = :host))
                order by id""")
                .param("host", host.value())
                .query((row, _) -> new Entry(row.getLong(1), resource(row.getString(2))))
                .list());
    }

    /** What changed of a host after a revision, in the order of revisions. */
    List<Entry> after(HostId host, long revision, int limit) {
        return unlessMadeAnew(() -> database.sql(
                        "select position, body from view_desired where host = ? and position > ? order by position limit ?")
                .param(host.value())
                .param(revision)
                .param(limit)
                .query((row, _) -> new Entry(row.getLong(1), resource(row.getString(2))))
                .list());
    }

    /** A host's highest revision, 0 if nothing was ever desired of it. */
    long revision(HostId host) {
        return unlessMadeAnew(() -> database.sql("select coalesce(max(position), 0) from view_desired where host = ?")
                .param(host.value())
                .query(Long.class)
                .single());
    }

    /** The highest revision of each host of which something changed after a position. */
    Map<HostId, Long> revisionsAfter(long position) {
        var revisions = new HashMap<HostId, Long>();
        int rows;
        long[] last = {position};
        do {
            // In order and bounded, which is what makes the database take the index, whatever it thinks of the table.
            rows = database.sql("select host, position from view_desired where position > ? order by position limit ?")
                    .params(last[0], AT_ONCE)
                    .query((row, _) -> {
                        last[0] = row.getLong(2);
                        return revisions.put(new HostId(row.getString(1)), last[0]);
                    })
                    .list()
                    .size();
        } while (rows == AT_ONCE);
        return revisions;
    }

    private static DesiredResource resource(String body) {
        return ViewJson.MAPPER.readValue(body, DesiredRow.class).resource();
    }
}
