package dev.trailer.query.facts;

import dev.trailer.query.hosts.NoHosts;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** For tests: readers of facts. */
public final class FactReaders {
    private FactReaders() {}

    /** Everybody is called ada; hosts have no names, subjects only those that their events say. */
    public static FactReader withNames() {
        return new FactReader(_ -> "ada", NoHosts.names(), new SubjectNames(new SimpleDriverDataSource()));
    }
}
