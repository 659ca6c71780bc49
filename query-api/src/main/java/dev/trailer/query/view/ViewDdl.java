package dev.trailer.query.view;

import java.util.ArrayList;
import java.util.List;

/** The statements that make a projector's table anew. */
final class ViewDdl {
    private ViewDdl() {}

    static String table(String view) {
        return "view_" + view;
    }

    static List<String> of(Projector<?> projector) {
        var table = table(projector.name());
        var statements = new ArrayList<String>();
        statements.add("drop table if exists " + table);
        // json, not jsonb: it keeps the order that people gave, and is not taken apart at each write.
        var create = new StringBuilder("create table " + table
                + " (id text collate \"C\" primary key, position bigint not null, body json not null");
        for (var column : projector.columns()) {
            create.append(", ")
                    .append(column.name())
                    .append(" text collate \"C\" generated always as (")
                    .append(column.expression())
                    .append(") stored");
        }
        statements.add(create.append(')').toString());
        for (var index : projector.indexes()) {
            statements.add("create index on " + table + " (" + String.join(", ", index) + ")");
        }
        return statements;
    }
}
