package dev.trailer.query.port;

import dev.trailer.domain.Resources;
import java.util.Map;

/** What is promised of each host's capacity, as claimed. Any thread; blocks on the database. */
@FunctionalInterface
public interface Allotments {
    /** @return by host id; a host without a pool is left out */
    Map<String, Resources> promisedByPool();
}
