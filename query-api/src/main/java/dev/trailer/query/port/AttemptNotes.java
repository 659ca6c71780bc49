package dev.trailer.query.port;

import java.util.Collection;
import java.util.Map;

/** The engine's own words on failed steps: kept apart from the history, erasable. Any thread; blocks on the database. */
@FunctionalInterface
public interface AttemptNotes {
    /** @return the words by attempt; attempts of which nothing is kept are left out */
    Map<String, String> detailsOf(Collection<String> attempts);
}
