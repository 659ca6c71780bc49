package dev.trailer.agent.gateway;

import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
        return new GatewayWrite("""
                insert into attempt_note (attempt, host, subject, detail, recorded_at)
                select note.*, clock_timestamp() from unnest(?::text[], ?::text[], ?::text[], ?::text[]) note
                on conflict (attempt) do nothing""", List.of(attempt, host, subject, detail), true);
    }

    int prune() {
        return database.ask(jdbc -> jdbc.sql("""
                delete from attempt_note where recorded_at < clock_timestamp() - make_interval(days => ?)""").param(KEPT_DAYS).update());
    }
}
