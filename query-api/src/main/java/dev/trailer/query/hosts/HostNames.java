package dev.trailer.query.hosts;

import dev.trailer.domain.reason.Refused;
import dev.trailer.query.view.ViewTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;

/** Names of hosts, which never change and so are remembered. Any thread; may block on the database. */
public final class HostNames {
    /** More hosts than one installation is made for; beyond it names are looked up again. */
    private static final int MAX_REMEMBERED = 10_000;

    private final ViewTable<HostRow> table;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    HostNames(ViewTable<HostRow> table) {
        this.table = table;
    }

    /** The host's name, or its id where it is no longer known. */
    public String of(String host) {
        var known = names.get(host);
        if (known != null) {
            return known;
        }
        var found = lookUp(host);
        if (found.isPresent() && names.size() < MAX_REMEMBERED) {
            names.put(host, found.get());
        }
        return found.orElse(host);
    }

    private Optional<String> lookUp(String host) {
        try {
            return table.find(host).map(row -> row.state().name().value());
        } catch (DataAccessException | Refused e) {
            // Its view does not exist before its first event, or is made anew: no reason to stop who only wanted a
            // name.
            return Optional.empty();
        }
    }
}
