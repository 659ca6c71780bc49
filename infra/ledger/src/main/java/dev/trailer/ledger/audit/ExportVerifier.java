package dev.trailer.ledger.audit;

import dev.trailer.ledger.HashChain;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** Verifies an export, with neither a database nor a server. Holds one row at a time. One thread. */
public final class ExportVerifier {
    /** How often it tells how far it has come, in rows. */
    private static final int TELL_EVERY = 10_000;

    private static final int BUFFER_BYTES = 1 << 18;

    /** One value after the other, each on a line. */
    private static final ObjectReader HEADER = oneOfMany(ExportHeader.class);

    private static final ObjectReader ROW = oneOfMany(AuditRow.class);

    private final LongConsumer progress;

    /** @param progress is told now and then how many rows were checked */
    public ExportVerifier(LongConsumer progress) {
        this.progress = progress;
    }

    /** The file is not an export. */
    public static final class NotAnExport extends Exception {
        NotAnExport(String message) {
            super(message);
        }
    }

    /**
     * What was found.
     *
     * @param from the first position in the export
     * @param to the last position that was found good
     * @param before the chain before the first, which nothing in the export proves
     * @param chain the chain at {@code to}
     */
    public record Result(
            Verdict verdict,
            String install,
            String timeline,
            Instant exportedAt,
            long from,
            long to,
            byte[] before,
            byte[] chain) {}

    /**
     * @param checkpoints closed afterwards
     * @throws IOException if it cannot be read to the end
     * @throws NotAnExport if its first line does not say that it is one
     */
    public Result verify(Path export, CheckpointReader checkpoints) throws IOException, NotAnExport {
        try (checkpoints;
                var in = new BufferedInputStream(Files.newInputStream(export), BUFFER_BYTES);
                var parser = Json.MAPPER.createParser(in)) {
            var header = header(parser);
            var head = header.head();
            var comparison =
                    new CheckpointComparison(checkpoints, head.install(), head.timeline(), header.exportedAt());
            var check = new TrailCheck(header.from() - 1, header.before(), comparison);
            if (header.from() == 1 && !Arrays.equals(header.before(), HashChain.beginning())) {
                check.brokenOff("it does not follow from the beginning");
            }
            rows(parser, check);
            return new Result(
                    check.end(head, header.to()),
                    head.install(),
                    head.timeline(),
                    header.exportedAt(),
                    header.from(),
                    check.position(),
                    header.before(),
                    check.chain());
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ObjectReader oneOfMany(Class<?> type) {
        return Json.MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static ExportHeader header(JsonParser parser) throws NotAnExport {
        try {
            if (parser.nextToken() != null) {
                return HEADER.readValue(parser);
            }
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException e) {
            throw new NotAnExport("its first line is not that of an export: " + e.getOriginalMessage());
        }
        throw new NotAnExport("it is empty");
    }

    private void rows(JsonParser parser, TrailCheck check) {
        long rows = 0;
        try {
            var row = row(parser);
            while (row != null && check.row(row)) {
                if (++rows % TELL_EVERY == 0) {
                    progress.accept(rows);
                }
                row = row(parser);
            }
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException e) {
            check.brokenOff(
                    "line " + e.getLocation().getLineNr() + " of the export cannot be read: " + e.getOriginalMessage());
        }
    }

    private static @Nullable AuditRow row(JsonParser parser) {
        return parser.nextToken() == null ? null : ROW.readValue(parser);
    }
}
