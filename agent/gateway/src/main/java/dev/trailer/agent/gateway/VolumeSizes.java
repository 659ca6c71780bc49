package dev.trailer.agent.gateway;

import dev.trailer.domain.host.HostId;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What volumes take, as their hosts last measured it. Any thread; blocks. */
public final class VolumeSizes {
    private final Database database;

    VolumeSizes(Database database) {
        this.database = database;
    }

    /** @param measuredAt by the database's clock */
    public record Size(long bytes, Instant measuredAt) {}

    /** By volume id; those never measured are missing. */
    public Map<String, Size> of(Collection<String> volumes) {
        var found = new HashMap<String, Size>();
        if (volumes.isEmpty()) {
            return found;
        }
        return database.ask(jdbc -> {
            jdbc.sql("select volume, bytes, measured_at from volume_size where volume = any (?)")
                    .param(volumes.toArray(String[]::new))
                    .query((ResultSet row) -> {
                        var at = row.getObject("measured_at", OffsetDateTime.class);
                        found.put(row.getString("volume"), new Size(row.getLong("bytes"), at.toInstant()));
                    });
            return found;
        });
    }

    /** Replaces what is known of these volumes. */
    void keep(HostId host, Map<String, Long> bytes) {
        if (bytes.isEmpty()) {
            return;
        }
        var volumes = bytes.keySet().stream().sorted().toArray(String[]::new);
        var sizes = new Long[volumes.length];
        for (int i = 0; i < volumes.length; i++) {
            sizes[i] = bytes.get(volumes[i]);
        }
        database.ask(jdbc -> jdbc.sql("""
                insert into volume_size (volume, host, bytes, measured_at)
                select volume, ?, bytes, clock_timestamp() from unnest(?, ?) as measured (volume, bytes)
                on conflict (volume) do update set
                  host = excluded.host, bytes = excluded.bytes, measured_at = excluded.measured_at""").params(host.value(), volumes, sizes).update());
    }

    /** To be written with the command that records that its host has removed it. */
    static GatewayWrite forgotten(String volume) {
        return GatewayWrite.of("delete from volume_size where volume = ?", volume);
    }
}
