package dev.trailer.query.hosts;

import dev.trailer.query.view.ViewTable;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** For tests: names of hosts where there are none; asking for one fails. */
public final class NoHosts {
    private NoHosts() {}

    public static HostNames names() {
        return new HostNames(new ViewTable<>(new SimpleDriverDataSource(), new HostProjector()));
    }
}
