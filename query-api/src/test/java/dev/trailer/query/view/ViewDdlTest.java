package dev.trailer.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.query.workspaces.WorkspaceProjector;
import org.junit.jupiter.api.Test;

class ViewDdlTest {
    @Test
    void a_table_has_id_position_body_and_the_columns_that_its_projector_declares() {
        assertThat(ViewDdl.create(new WorkspaceProjector()))
                .isEqualTo("create table view_workspaces (id text collate \"C\" primary key, position bigint not null,"
                        + " body json not null, name text collate \"C\" generated always as"
                        + " (body->'state'->'spec'->>'name') stored, owner text collate \"C\" generated always"
                        + " as (body->'state'->>'owner') stored, host text collate \"C\" generated always as"
                        + " (body->'state'->'host'->>'name') stored, phase text collate \"C\" generated always"
                        + " as (body->'state'->'observed'->>'phase') stored)");
        assertThat(ViewDdl.indexes(new WorkspaceProjector())).startsWith("create index on view_workspaces (owner, id)");
    }
}
