package dev.trailer.ledger.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;

/**
 * The first line of an export: what follows, and what it follows.
 *
 * @param head where the ledger stood
 * @param from the first position in it
 * @param to the last position in it; {@code from - 1} if there is none
 * @param before the chain at the position before {@code from}
 * @param exportedAt by the server's clock
 */
@JsonPropertyOrder({"format", "version", "head", "from", "to", "before", "exportedAt"})
record ExportHeader(String format, int version, Head head, long from, long to, byte[] before, Instant exportedAt) {
    static final String FORMAT = "trailer-audit-export";
    static final int VERSION = 1;

    ExportHeader {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(exportedAt, "exportedAt");
        if (!format.equals(FORMAT) || version != VERSION) {
            throw new IllegalArgumentException("it is " + format + " " + version + ", not " + FORMAT + " " + VERSION);
        }
        if (from < 1 || to < from - 1 || to > head.position()) {
            throw new IllegalArgumentException(
                    "there are no positions " + from + " to " + to + " of " + head.position());
        }
    }
}
