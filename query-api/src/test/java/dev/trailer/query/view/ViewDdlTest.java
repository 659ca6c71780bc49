package dev.trailer.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.query.workspaces.WorkspaceProjector;
import org.junit.jupiter.api.Test;

class ViewDdlTest {
    @Test
    void a_table_has_id_position_body_and_the_columns_that_its_projector_declares() {
        assertThat(ViewDdl.create(new WorkspaceProjector()))
                .isEqualTo("create table view_workspaces (id text collate \"C\" primary key, position bigint not null,"
                        + " body text not null, name text collate \"C\", owner text collate \"C\","
                        + " host text collate \"C\", phase text collate \"C\") with (fillfactor = 80)");
        assertThat(ViewDdl.indexes(new WorkspaceProjector())).startsWith("create index on view_workspaces (owner, id)");
        assertThat(ViewDdl.upsert(new WorkspaceProjector()))
                .startsWith("insert into view_workspaces (id, position, body, name, owner, host, phase)"
                        + " select * from unnest(?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                        + " position = excluded.position, body = excluded.body, name = excluded.name");
    }

    @Test
    void a_column_is_the_text_at_its_path_and_null_where_there_is_none() {
        var body = ViewJson.MAPPER.readTree("{\"state\":{\"name\":\"api\",\"retired\":true,\"gone\":null}}");
        assertThat(Column.text("name", "state", "name").of(body)).isEqualTo("api");
        assertThat(Column.text("retired", "state", "retired").of(body)).isEqualTo("true");
        assertThat(Column.text("gone", "state", "gone").of(body)).isNull();
        assertThat(Column.text("none", "other", "name").of(body)).isNull();
    }
}
