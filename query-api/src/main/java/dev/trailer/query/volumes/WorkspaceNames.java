package dev.trailer.query.volumes;

import dev.trailer.domain.workspace.WorkspaceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names of workspaces, from their view: a projector may read no other table, so they are joined when read. */
final class WorkspaceNames {
    private final JdbcClient database;

    WorkspaceNames(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** @return by id; workspaces that are gone are left out */
    Map<String, String> of(Collection<WorkspaceId> workspaces) {
        var names = new HashMap<String, String>();
        if (!workspaces.isEmpty()) {
            database.sql("select id, name from view_workspaces where id in (:ids)")
                    .param(
                            "ids",
                            workspaces.stream()
                                    .map(WorkspaceId::value)
                                    .distinct()
                                    .toList())
                    .query(row -> {
                        names.put(row.getString(1), row.getString(2));
                    });
        }
        return names;
    }
}
