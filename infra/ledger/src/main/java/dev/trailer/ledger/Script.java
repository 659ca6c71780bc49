package dev.trailer.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the database in one round trip and run there in order, each seeing what those before it did. One
 * thread, used once.
 */
final class Script {
    /** Takes a query's rows: is called once, before the first. */
    @FunctionalInterface
    interface Rows {
        void read(ResultSet rows) throws SQLException;
    }

    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final List<@Nullable Rows> readers = new ArrayList<>();

    /** @param values bound in order: texts, numbers, bytes, times, and arrays of them, which become SQL arrays */
    Script query(String statement, Rows rows, Object... values) {
        add(statement, values);
        readers.add(rows);
        return this;
    }

    Script update(String statement, Object... values) {
        add(statement, values);
        readers.add(null);
        return this;
    }

    private void add(String statement, Object... values) {
        sql.append(sql.isEmpty() ? "" : ";\n").append(statement);
        parameters.addAll(Arrays.asList(values));
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    /** Whether it is a single statement, and so needs no transaction around it. */
    boolean isSingle() {
        return readers.size() == 1;
    }

    void run(Connection connection) throws SQLException {
        if (isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                bind(statement, i + 1, parameters.get(i));
            }
            statement.execute();
            for (int i = 0; i < readers.size(); i++) {
                var reader = readers.get(i);
                if (reader != null) {
                    try (var rows = statement.getResultSet()) {
                        reader.read(rows);
                    }
                }
                if (i + 1 < readers.size()) {
                    statement.getMoreResults();
                }
            }
        }
    }

    static void bind(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case String[] texts -> array(statement, at, "text", texts);
            case long[] numbers ->
                array(statement, at, "bigint", Arrays.stream(numbers).boxed().toArray(Long[]::new));
            case int[] numbers ->
                array(statement, at, "int", Arrays.stream(numbers).boxed().toArray(Integer[]::new));
            case Boolean[] flags -> array(statement, at, "bool", flags);
            case byte[][] bytes -> array(statement, at, "bytea", bytes);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case byte[] bytes -> statement.setBytes(at, bytes);
            case OffsetDateTime time -> statement.setObject(at, time);
            case Instant time -> statement.setTimestamp(at, Timestamp.from(time));
            case null, default -> statement.setObject(at, value);
        }
    }

    private static void array(PreparedStatement statement, int at, String type, Object[] values) throws SQLException {
        statement.setArray(at, statement.getConnection().createArrayOf(type, values));
    }
}
