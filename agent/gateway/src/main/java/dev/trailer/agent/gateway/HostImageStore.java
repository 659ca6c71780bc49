package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.HostImages;
import dev.trailer.domain.host.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which versions of images hosts have built and still have, as they last said. Any thread; blocks. */
public final class HostImageStore {
    private final Database database;

    HostImageStore(Database database) {
        this.database = database;
    }

    /**
     * A version on a host.
     *
     * @param standing in-use, needed, kept or going
     * @param goesAt by the agent's clock; null unless it is going
     */
    public record Row(
            String host,
            String image,
            int version,
            long sizeBytes,
            String standing,
            @Nullable Instant goesAt) {}

    /**
     * What a host keeps, and has.
     *
     * @param versions that it has, of all images
     * @param sizeBytes of them together, as if they shared no layers
     */
    public record Summary(int keptVersions, long keptSeconds, int versions, long sizeBytes) {}

    /** By image, on all hosts; the newest version of each first. */
    public Map<String, List<Row>> of(Collection<String> images) {
        if (images.isEmpty()) {
            return Map.of();
        }
        var found = database.ask(jdbc -> jdbc.sql("""
                        select host, image, version, size_bytes, standing, goes_at from host_image
                        where image = any (?) order by image, version desc, host""")
                .param(images.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list());
        var byImage = new HashMap<String, List<Row>>();
        found.forEach(row -> byImage.merge(row.image(), List.of(row), HostImageStore::join));
        return byImage;
    }

    private static List<Row> join(List<Row> some, List<Row> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** By host; those that never told are missing. */
    public Map<String, Summary> summaries(Collection<String> hosts) {
        var found = new HashMap<String, Summary>();
        if (hosts.isEmpty()) {
            return found;
        }
        return database.ask(jdbc -> {
            jdbc.sql("""
                    select p.host, p.kept_versions, p.kept_seconds, count(i.host) as versions,
                      coalesce(sum(i.size_bytes), 0)::bigint as size_bytes
                    from host_image_policy p left join host_image i on i.host = p.host
                    where p.host = any (?) group by p.host""").param(hosts.toArray(String[]::new)).query((ResultSet row) -> {
                found.put(
                        row.getString("host"),
                        new Summary(
                                row.getInt("kept_versions"),
                                row.getLong("kept_seconds"),
                                row.getInt("versions"),
                                row.getLong("size_bytes")));
            });
            return found;
        });
    }

    /** What the host had when it last said so. */
    List<Row> on(HostId host) {
        return database.ask(jdbc ->
                jdbc.sql("""
                        select host, image, version, size_bytes, standing, goes_at from host_image
                        where host = ? order by image, version""").param(host.value()).query((row, _) -> row(row)).list());
    }

    /** Adds to and replaces what is known; what is gone goes by {@link #gone}. */
    void keep(HostId host, HostImages images) {
        var held = images.held();
        int count = held.size();
        var names = new String[count];
        var versions = new Integer[count];
        var sizes = new Long[count];
        var standings = new String[count];
        var times = new String[count];
        for (int i = 0; i < count; i++) {
            var one = held.get(i);
            var goesAt = one.goesAt();
            names[i] = one.image();
            versions[i] = one.version();
            sizes[i] = Math.max(0, one.sizeBytes());
            standings[i] = word(one.standing());
            times[i] = goesAt == null ? null : goesAt.toString();
        }
        database.ask(jdbc -> {
            jdbc.sql("""
                    insert into host_image_policy (host, kept_versions, kept_seconds, at) values (?, ?, ?, clock_timestamp())
                    on conflict (host) do update set
                      kept_versions = excluded.kept_versions, kept_seconds = excluded.kept_seconds, at = excluded.at""")
                    .params(host.value(), images.keptVersions(), images.keptSeconds())
                    .update();
            return jdbc.sql("""
                    insert into host_image (host, image, version, size_bytes, standing, goes_at)
                    select distinct on (image, version) ?, image, version, size_bytes, standing, goes_at
                    from unnest(?, ?, ?, ?, ?::timestamptz[]) as held (image, version, size_bytes, standing, goes_at)
                    on conflict (host, image, version) do update set
                      size_bytes = excluded.size_bytes, standing = excluded.standing, goes_at = excluded.goes_at""")
                    .params(host.value(), names, versions, sizes, standings, times)
                    .update();
        });
    }

    /** To be written with the command that records it, so that it is recorded once. */
    static GatewayWrite gone(Row row) {
        return GatewayWrite.of(
                "delete from host_image where host = ? and image = ? and version = ?",
                row.host(),
                row.image(),
                row.version());
    }

    /** Where there is nobody to record it of. */
    void forget(Row row) {
        database.ask(jdbc -> jdbc.sql("delete from host_image where host = ? and image = ? and version = ?")
                .params(row.host(), row.image(), row.version())
                .update());
    }

    private static String word(HostImages.Standing standing) {
        return switch (standing) {
            case IN_USE -> "in-use";
            case NEEDED -> "needed";
            case KEPT -> "kept";
            case GOING -> "going";
        };
    }

    private static Row row(ResultSet row) throws SQLException {
        var goesAt = row.getObject("goes_at", OffsetDateTime.class);
        return new Row(
                row.getString("host"),
                row.getString("image"),
                row.getInt("version"),
                row.getLong("size_bytes"),
                row.getString("standing"),
                goesAt == null ? null : goesAt.toInstant());
    }
}
