package dev.trailer.query.secrets;

import dev.trailer.api.SecretView.UserView;
import dev.trailer.domain.secret.Secret;
import dev.trailer.query.view.ViewTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which workspaces name a secret, from their view: a projector may read no other table, so they are joined when read. */
final class SecretUsers {
    private final JdbcClient database;

    SecretUsers(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** @return by the secret's id, in the order of the workspaces' names; secrets that nobody names are left out */
    Map<String, List<UserView>> of(List<Secret> secrets) {
        var users = new HashMap<String, List<UserView>>();
        if (secrets.isEmpty()) {
            return users;
        }
        return ViewTable.unlessMadeAnew(() -> {
            // Only workspaces of the secrets' owners can name them, and those are found by an index.
            database.sql("""
                    select distinct named.secret, w.name, w.id
                    from view_workspaces w
                    cross join lateral (select w.body::jsonb #> '{state,spec}' as doc) spec
                    cross join lateral jsonb_array_elements_text(
                      jsonb_path_query_array(spec.doc, '$.secrets[*].id')
                      || jsonb_path_query_array(spec.doc, '$.secretEnv.*.id')
                      || jsonb_path_query_array(spec.doc, '$.git.secret.id')) named (secret)
                    where w.owner in (:owners) and named.secret in (:secrets)
                    order by w.name""")
                    .param(
                            "owners",
                            secrets.stream()
                                    .map(s -> s.owner().value())
                                    .distinct()
                                    .toList())
                    .param("secrets", secrets.stream().map(s -> s.id().value()).toList())
                    .query(row -> {
                        users.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                                .add(new UserView(row.getString(3), row.getString(2)));
                    });
            return users;
        });
    }
}
