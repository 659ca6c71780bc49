package dev.trailer.ledger.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded row with everything that the chain covers, byte for byte; as JSON a line of an export.
 *
 * @param recordedAt in whole microseconds
 */
@JsonPropertyOrder({
    "position",
    "eventId",
    "kind",
    "id",
    "sequence",
    "type",
    "revision",
    "recordedAt",
    "metadata",
    "payload",
    "salt",
    "digest",
    "leaf",
    "chain"
})
public record AuditRow(
        long position,
        UUID eventId,
        String kind,
        String id,
        long sequence,
        String type,
        int revision,
        Instant recordedAt,
        byte[] metadata,
        byte[] payload,
        byte[] salt,
        byte[] digest,
        byte[] leaf,
        byte[] chain) {
    static final String COLUMNS = "position, event_id, aggregate_kind, aggregate_id, sequence, type, revision,"
            + " recorded_at, metadata, payload, salt, digest, leaf, chain";

    private static final UUID NO_ID = new UUID(0, 0);

    /** @throws NullPointerException naming what is missing: as JSON, anything may be */
    public AuditRow {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(leaf, "leaf");
        Objects.requireNonNull(chain, "chain");
    }

    /** The row where {@code rows} stands, of a query for {@link #COLUMNS}. Nulls, which only tampering makes, are empty. */
    static AuditRow read(ResultSet rows) throws SQLException {
        var at = rows.getObject(8, OffsetDateTime.class);
        return new AuditRow(
                rows.getLong(1),
                Objects.requireNonNullElse(rows.getObject(2, UUID.class), NO_ID),
                text(rows.getString(3)),
                text(rows.getString(4)),
                rows.getLong(5),
                text(rows.getString(6)),
                rows.getInt(7),
                at == null ? Instant.MIN : at.toInstant(),
                bytes(rows.getBytes(9)),
                bytes(rows.getBytes(10)),
                bytes(rows.getBytes(11)),
                bytes(rows.getBytes(12)),
                bytes(rows.getBytes(13)),
                bytes(rows.getBytes(14)));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static byte[] bytes(byte @Nullable [] value) {
        return value == null ? new byte[0] : value;
    }
}
