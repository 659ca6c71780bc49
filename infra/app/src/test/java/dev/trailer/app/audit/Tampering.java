package dev.trailer.app.audit;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Ways to change what is recorded behind the server's back, each with any SQL there is. Each says at which position the
 * verifier should find it: mostly the first that was touched; where the hashes were made to fit again, the first that does not
 * fit, or the first behind the last checkpoint that agrees.
 */
final class Tampering {
    /** @param expected the first bad position */
    record Done(String what, long expected) {}

    static final List<Function<Tampering, Done>> KINDS = List.of(
            Tampering::changeAColumn,
            Tampering::changeBytes,
            Tampering::changeAndHashTheRowAgain,
            Tampering::delete,
            Tampering::deleteAndCloseTheGap,
            Tampering::insertAtTheEnd,
            Tampering::insertInTheMiddle,
            Tampering::insertBeforeTheFirst,
            Tampering::swapContents,
            Tampering::swapPositions,
            Tampering::changeTheHead,
            Tampering::truncate,
            Tampering::changeAndHashEverythingAgain,
            Tampering::moveRowsAndHashEverythingAgain);

    private final AuditLedger ledger;
    private final Random random;
    private final long head;

    Tampering(AuditLedger ledger, Random random) {
        this.ledger = ledger;
        this.random = random;
        this.head = ledger.writer.position();
    }

    private void sql(String sql, Object... parameters) {
        ledger.sql().sql(sql).params(parameters).update();
    }

    /** Now and then the first or the last. */
    private long anyPosition() {
        return switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1 -> head;
            default -> 1L + random.nextInt((int) head);
        };
    }

    private long another(long position) {
        return 1 + (position + random.nextInt((int) head - 1)) % head;
    }

    private String any(String... words) {
        return words[random.nextInt(words.length)];
    }

    /** Everything up to {@code fits} hangs together, and what is behind it does not. */
    private long firstBehind(long changed, long fits) {
        long attested = ledger.attestedFrom(changed);
        return attested <= fits ? ledger.attestedBefore(changed) + 1 : fits + 1;
    }

    // ---- one row ----

    private Done changeAColumn() {
        long p = anyPosition();
        var change = any(
                "event_id = gen_random_uuid()",
                "aggregate_kind = 'ghost'",
                "aggregate_id = gen_random_uuid()::text",
                "sequence = sequence + 1000000",
                "type = type || '-not'",
                "revision = revision + 1",
                "recorded_at = recorded_at + interval '1 microsecond'",
                "recorded_at = recorded_at - interval '1 hour'",
                "recorded_at = 'infinity'");
        sql("update ledger_event set " + change + " where position = ?", p);
        return new Done(change + " at " + p, p);
    }

    private Done changeBytes() {
        long p = anyPosition();
        var column = any("metadata", "payload", "salt", "digest", "leaf", "chain");
        var to = any(
                        "set_byte(COLUMN, 0, get_byte(COLUMN, 0) # 1)",
                        "set_byte(COLUMN, length(COLUMN) - 1, get_byte(COLUMN, length(COLUMN) - 1) # 128)",
                        "substring(COLUMN from 2)",
                        "COLUMN || '\\x00'::bytea",
                        "''::bytea")
                .replace("COLUMN", column);
        sql("update ledger_event set " + column + " = " + to + " where position = ?", p);
        return new Done(column + " = " + to + " at " + p, p);
    }

    private Done changeAndHashTheRowAgain() {
        long p = anyPosition();
        int depth = random.nextInt(3);
        sql("update ledger_event set payload = payload || ' '::bytea where position = ?", p);
        var before = p == 1 ? new byte[32] : ledger.writer.row(p - 1).chain();
        var row = ledger.writer.chained(ledger.writer.row(p), before);
        sql("update ledger_event set digest = ? where position = ?", row.digest(), p);
        if (depth > 0) {
            sql("update ledger_event set leaf = ? where position = ?", row.leaf(), p);
        }
        if (depth > 1) {
            sql("update ledger_event set chain = ? where position = ?", row.chain(), p);
        }
        // With all of its hashes made anew, the row fits what is before it, and the next does not fit the row.
        long expected = depth < 2 ? p : firstBehind(p, p);
        return new Done("a payload and " + (depth + 1) + " of its hashes at " + p, expected);
    }

    // ---- rows gone, rows added, rows elsewhere ----

    private Done delete() {
        long p = anyPosition();
        sql("delete from ledger_event where position = ?", p);
        return new Done("deleted " + p, p);
    }

    private void shift(long from, int by) {
        sql("update ledger_event set position = - position where position >= ?", from);
        sql("update ledger_event set position = ? - position where position < 0", by);
    }

    private Done deleteAndCloseTheGap() {
        long p = anyPosition();
        sql("delete from ledger_event where position = ?", p);
        shift(p + 1, -1);
        boolean headToo = random.nextBoolean();
        if (headToo) {
            sql("update ledger_head set position = position - 1");
        }
        // Of the last one nothing follows that could not fit; the head's chain is then that of a row that is gone.
        long expected = p == head && headToo ? head - 1 : p;
        return new Done("deleted " + p + " and closed the gap" + (headToo ? ", head too" : ""), expected);
    }

    private Done insertAtTheEnd() {
        var writer = ledger.writer;
        var last = writer.row(head);
        var row = writer.fresh(head + 1, last.recordedAt());
        int how = random.nextInt(4);
        switch (how) {
            case 0 -> writer.insert(List.of(writer.chained(row, last.chain())));
            case 1 -> writer.insert(List.of(row));
            case 2 -> {
                writer.insert(List.of(row));
                writer.moveHead(head + 1, row.chain(), row.recordedAt());
            }
            default -> {
                writer.insert(List.of(row));
                sql("update ledger_head set position = position + 1");
            }
        }
        return new Done("inserted behind the last, way " + how, head + 1);
    }

    private Done insertInTheMiddle() {
        long p = anyPosition();
        boolean fits = random.nextBoolean();
        var writer = ledger.writer;
        var before = p == 1 ? new byte[32] : writer.row(p - 1).chain();
        var fresh = writer.fresh(p, writer.row(p).recordedAt());
        shift(p, 1);
        writer.insert(List.of(fits ? writer.chained(fresh, before) : fresh));
        sql("update ledger_head set position = position + 1");
        return new Done(
                "inserted at " + p + (fits ? ", so that it fits what is before" : ""), fits ? firstBehind(p, p) : p);
    }

    private Done insertBeforeTheFirst() {
        long p = -random.nextInt(3);
        ledger.writer.insert(List.of(ledger.writer.fresh(p, ledger.writer.row(1).recordedAt())));
        return new Done("inserted at " + p, p);
    }

    private Done swapContents() {
        long p = anyPosition();
        long q = another(p);
        var columns = List.of(any(
                        "payload",
                        "recorded_at",
                        "event_id",
                        "payload metadata salt",
                        "payload metadata salt digest",
                        "payload metadata salt digest leaf",
                        "payload metadata salt digest leaf chain")
                .split(" "));
        for (var column : columns) {
            sql(
                    "update ledger_event e set COLUMN = o.COLUMN from ledger_event o where e.position + o.position = ? and e.position in (?, ?)"
                            .replace("COLUMN", column),
                    p + q,
                    p,
                    q);
        }
        return new Done("swapped " + columns + " of " + p + " and " + q, Math.min(p, q));
    }

    private Done swapPositions() {
        long p = anyPosition();
        long q = another(p);
        sql("update ledger_event set position = - position where position in (?, ?)", p, q);
        sql("update ledger_event set position = ? + position where position < 0", p + q);
        return new Done("swapped the positions " + p + " and " + q, Math.min(p, q));
    }

    // ---- the head ----

    private Done changeTheHead() {
        long by = 1L + random.nextInt(5);
        return switch (random.nextInt(4)) {
            case 0 -> {
                sql("update ledger_head set position = position + ?", by);
                yield new Done("moved the head on by " + by, head + 1);
            }
            case 1 -> {
                sql("update ledger_head set position = position - ?", by);
                yield new Done("moved the head back by " + by, head - by + 1);
            }
            case 2 -> {
                sql("update ledger_head set chain = sha256(chain)");
                yield new Done("changed the head's chain", head);
            }
            default -> {
                sql("update ledger_head set recorded_at = recorded_at + interval '1 day'");
                yield new Done("changed the head's time", head);
            }
        };
    }

    private Done truncate() {
        long last = random.nextInt((int) head);
        sql("delete from ledger_event where position > ?", last);
        if (last == 0) {
            sql(
                    "update ledger_head set position = 0, chain = decode(repeat('00', 32), 'hex'), recorded_at = '-infinity'");
        } else {
            var row = ledger.writer.row(last);
            ledger.writer.moveHead(last, row.chain(), row.recordedAt());
        }
        return new Done("truncated to " + last + ", head too", last + 1);
    }

    // ---- everything written anew ----

    private Done changeAndHashEverythingAgain() {
        long p = anyPosition();
        var change = any(
                "payload = payload || ' '::bytea",
                "metadata = '{}'",
                "type = type || '-not'",
                "aggregate_id = gen_random_uuid()::text",
                "salt = sha256(salt)");
        sql("update ledger_event set " + change + " where position = ?", p);
        ledger.writer.rewriteFrom(p);
        return new Done(change + " at " + p + ", everything hashed again", firstBehind(p, head));
    }

    private Done moveRowsAndHashEverythingAgain() {
        long p = 1L + random.nextInt((int) head - 1);
        if (random.nextBoolean()) {
            sql("delete from ledger_event where position = ?", p);
            shift(p + 1, -1);
            ledger.writer.rewriteFrom(p);
            return new Done("deleted " + p + ", everything hashed again", firstBehind(p, head - 1));
        }
        var fresh = ledger.writer.fresh(p, ledger.writer.row(p).recordedAt());
        shift(p, 1);
        ledger.writer.insert(List.of(fresh));
        ledger.writer.rewriteFrom(p);
        return new Done("inserted " + p + ", everything hashed again", firstBehind(p, head + 1));
    }
}
