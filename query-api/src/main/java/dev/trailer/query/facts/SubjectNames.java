package dev.trailer.query.facts;

import dev.trailer.domain.facts.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the subjects of facts are called: remembered from the facts that say it, or looked up in the views, which know
 * those that are not gone. Any thread; may block on the database.
 */
final class SubjectNames {
    /** Those seen last: some hundred bytes each. */
    private static final int MAX_REMEMBERED = 10_000;

    private final JdbcClient database;

    /** @param position of the fact that says it; 0 where it was looked up */
    private record Known(String name, long position) {}

    private final Map<Subject, Known> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Known> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    SubjectNames(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** @param position of the fact that says it: an older one than is known, read from the history, changes nothing */
    void remember(Subject subject, String name, long position) {
        synchronized (names) {
            names.merge(
                    subject,
                    new Known(name, position),
                    (known, said) -> said.position() >= known.position() ? said : known);
        }
    }

    /** @return null if it is not known (any more) */
    @Nullable
    String of(Subject subject) {
        synchronized (names) {
            var known = names.get(subject);
            if (known != null) {
                return known.name();
            }
        }
        var found = lookUp(subject);
        found.ifPresent(name -> remember(subject, name, 0));
        return found.orElse(null);
    }

    private Optional<String> lookUp(Subject subject) {
        var sql =
                switch (subject.kind()) {
                    case WORKSPACE -> "select body->'state'->'spec'->>'name' from view_workspaces where id = ?";
                    case VOLUME -> "select body->'state'->>'name' from view_volumes where id = ?";
                    case IMAGE -> "select body->'state'->>'name' from view_images where id = ?";
                    case HOST -> "select body->'state'->>'name' from view_hosts where id = ?";
                };
        try {
            return database.sql(sql).param(subject.id()).query(String.class).optional();
        } catch (DataAccessException e) {
            // A view does not exist before its first event: no reason to stop who only wanted a name.
            return Optional.empty();
        }
    }
}
