package dev.trailer.agent.gateway;

import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The engine's own words about failed attempts, by the id that the history keeps. Any thread; blocks. */
public final class AttemptNotes {
    private static final int KEPT_DAYS = 30;

    private final Database database;

    AttemptNotes(Database database) {
        this.database = database;
    }

    /** Those that are known; the older ones are gone. */
    public Map<String, String> detailsOf(Collection<String> attempts) {
        var found = new HashMap<String, String>();
        if (attempts.isEmpty()) {
            return found;
        }
        return database.ask(jdbc -> {
            jdbc.sql("select attempt, detail from attempt_note where attempt = any (?)")
                    .param(attempts.toArray(String[]::new))
                    .query((ResultSet row) -> {
                        found.put(row.getString("attempt"), row.getString("detail"));
                    });
            return found;
        });
    }

    /** To be written with the command that names the attempt. What was first said of an attempt stays. */
    static GatewayWrite note(String attempt, String host, String subject, String detail) {
        return GatewayWrite.of("""
                insert into attempt_note (attempt, host, subject, detail, recorded_at)
                values (?, ?, ?, ?, clock_timestamp()) on conflict (attempt) do nothing""", attempt, host, subject, detail);
    }

    int prune() {
        return database.ask(jdbc -> jdbc.sql("""
                delete from attempt_note where recorded_at < clock_timestamp() - make_interval(days => ?)""").param(KEPT_DAYS).update());
    }
}
