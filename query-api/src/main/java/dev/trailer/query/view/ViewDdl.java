package dev.trailer.query.view;

import java.util.List;

/** The statements that make a projector's table. */
final class ViewDdl {
    private ViewDdl() {}

    static String table(String view) {
        return "view_" + view;
    }

    static String create(Projector<?> projector) {
        // json, not jsonb: it keeps the order that people gave, and is not taken apart at each write.
        var create = new StringBuilder("create table " + table(projector.name())
                + " (id text collate \"C\" primary key, position bigint not null, body json not null");
        for (var column : projector.columns()) {
            create.append(", ")
                    .append(column.name())
                    .append(" text collate \"C\" generated always as (")
                    .append(column.expression())
                    .append(") stored");
        }
        return create.append(')').toString();
    }

    static List<String> indexes(Projector<?> projector) {
        return projector.indexes().stream()
                .map(columns -> "create index on " + table(projector.name()) + " (" + String.join(", ", columns) + ")")
                .toList();
    }
}
