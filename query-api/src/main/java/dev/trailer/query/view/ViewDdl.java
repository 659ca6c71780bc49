package dev.trailer.query.view;

import java.util.List;

/** The statements that make a projector's table. */
final class ViewDdl {
    private ViewDdl() {}

    static String table(String view) {
        return "view_" + view;
    }

    static String create(Projector<?> projector) {
        // Text, because it is ours and known to be JSON: checking it at each write is work for nothing.
        var create = new StringBuilder("create table " + table(projector.name())
                + " (id text collate \"C\" primary key, position bigint not null, body text not null");
        for (var column : projector.columns()) {
            create.append(", ").append(column.name()).append(" text collate \"C\"");
        }
        // Rows are replaced within their page where no indexed column changes.
        return create.append(") with (fillfactor = 80)").toString();
    }

    /** Of ids, positions, bodies, then the columns, each as one array. */
    static String upsert(Projector<?> projector) {
        var names = new StringBuilder("id, position, body");
        var replaced = new StringBuilder("position = excluded.position, body = excluded.body");
        for (var column : projector.columns()) {
            names.append(", ").append(column.name());
            replaced.append(", ").append(column.name()).append(" = excluded.").append(column.name());
        }
        return "insert into %s (%s) select * from unnest(?, ?, ?%s) on conflict (id) do update set %s"
                .formatted(
                        table(projector.name()),
                        names,
                        ", ?".repeat(projector.columns().size()),
                        replaced);
    }

    static List<String> indexes(Projector<?> projector) {
        return projector.indexes().stream()
                .map(columns -> "create index on " + table(projector.name()) + " (" + String.join(", ", columns) + ")")
                .toList();
    }
}
