package dev.trailer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Figures as people and as programs read them. Pure. */
final class Table {
    private static final List<String> HEADINGS = List.of("name", "ours", "limit", "ratio", "bar", "unit");
    private static final String GAP = "  ";

    private Table() {}

    /** One figure on one line. */
    static String row(Figure figure) {
        return String.join(GAP, cells(figure));
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.name(),
                Figure.number(figure.ours()),
                Figure.number(figure.limit()),
                Figure.number(figure.ratio()),
                figure.bar().text(),
                figure.unit());
    }

    /** Aligned: names and units to the left, numbers to the right. */
    static String text(List<Figure> figures) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADINGS);
        figures.forEach(figure -> rows.add(cells(figure)));
        var widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                boolean number = column >= 1 && column <= 4;
                var padding = " ".repeat(widths[column] - row.get(column).length());
                line.append(column == 0 ? "" : GAP)
                        .append(number ? padding + row.get(column) : row.get(column) + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The same, with what it was measured on; no date, so that two runs differ only in what they measured. */
    static String json(Map<String, Object> machine, List<Figure> figures) {
        var rows = new ArrayList<Map<String, Object>>();
        for (Figure figure : figures) {
            var row = new LinkedHashMap<String, Object>();
            row.put("name", figure.name());
            row.put("ours", figure.ours());
            row.put("limit", figure.limit());
            row.put("ratio", figure.ratio());
            row.put("bar", figure.bar().text());
            row.put("unit", figure.unit());
            row.put("met", figure.met());
            rows.add(row);
        }
        var all = new LinkedHashMap<String, Object>(machine);
        all.put("figures", rows);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(all)
                + "\n";
    }
}
