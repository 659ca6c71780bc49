package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.facts.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Reads what is recorded. Any thread. */
public final class LedgerReader {
    private static final String COLUMNS =
            "position, event_id, aggregate_kind, aggregate_id, sequence, type, revision, recorded_at, metadata, payload";

    private final DataSource database;
    private final EventCodec codec;

    public LedgerReader(DataSource database, EventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    /** Where the ledger stands, and whose it is. */
    public record Head(long position, Instant recordedAt, String install, String timeline) {}

    public Head head() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select position, case when position = 0 then 'epoch' else recorded_at end, install, timeline"
                                + " from ledger_head");
                var row = query.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("the ledger has no head row");
            }
            return new Head(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    row.getString(4));
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** The events after a position in order, at most {@code limit}. */
    public List<RecordedEvent> after(long position, int limit) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select " + COLUMNS + " from ledger_event where position > ? order by position limit ?")) {
            query.setLong(1, position);
            query.setInt(2, limit);
            return rows(query.executeQuery());
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** The events after a position up to another one in order, of those types only that {@code concerned} wants. */
    public List<RecordedEvent> between(long after, long upTo, Predicate<String> concerned) {
        var types = codec.types().stream().filter(concerned).toArray(String[]::new);
        if (types.length == 0) {
            return List.of();
        }
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select " + COLUMNS
                        + " from ledger_event where position > ? and position <= ? and type = any (?)"
                        + " order by position")) {
            query.setLong(1, after);
            query.setLong(2, upTo);
            query.setArray(3, connection.createArrayOf("text", types));
            return rows(query.executeQuery());
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** The events at these positions in ascending order; positions that do not exist are left out. */
    public List<RecordedEvent> at(List<Long> positions) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select " + COLUMNS + " from ledger_event where position = any (?) order by position")) {
            query.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            return rows(query.executeQuery());
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** All events of one aggregate from a sequence on, in order. */
    public List<RecordedEvent> of(String aggregateId, long fromSequence) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select " + COLUMNS
                        + " from ledger_event where aggregate_id = ? and sequence >= ? order by sequence")) {
            query.setString(1, aggregateId);
            query.setLong(2, fromSequence);
            return rows(query.executeQuery());
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    private List<RecordedEvent> rows(ResultSet rows) throws SQLException {
        try (rows) {
            var found = new ArrayList<RecordedEvent>();
            while (rows.next()) {
                var type = rows.getString(6);
                found.add(new RecordedEvent(
                        rows.getLong(1),
                        rows.getString(2),
                        new Subject(Subject.Kind.ofStoredName(rows.getString(3)), rows.getString(4)),
                        rows.getLong(5),
                        type,
                        codec.decode(type, rows.getInt(7), rows.getBytes(10)),
                        codec.decodeMetadata(rows.getBytes(9)),
                        rows.getObject(8, OffsetDateTime.class).toInstant()));
            }
            return found;
        }
    }
}
