package dev.trailer.app.wiring;

import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender.RequestKey;
import dev.trailer.command.change.CommandSender.Sent;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.ledger.IdempotencyRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers that were given under an Idempotency-Key, for as long as they are kept. Any thread. */
public final class KeptAnswers {
    private final JdbcClient database;
    private final Clock clock;

    public KeptAnswers(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<Sent> find(RequestKey key) {
        forgetOld();
        return database.sql("""
                        select request_hash, status, headers, body, position from idempotency_record
                        where principal = ? and key = ?""")
                .params(key.principal(), key.key())
                .query((row, i) -> {
                    if (!Arrays.equals(row.getBytes(1), key.requestHash())) {
                        throw new Refused(new Reason.KeyReused());
                    }
                    var answer = new Answer(row.getInt(2), decode(row.getBytes(3)), row.getBytes(4));
                    return new Sent(answer, row.getLong(5));
                })
                .optional();
    }

    private void forgetOld() {
        database.sql("delete from idempotency_record where recorded_at < ?")
                .param(Timestamp.from(clock.instant().minus(IdempotencyRecord.KEPT)))
                .update();
    }

    static byte[] encode(SortedMap<String, String> headers) {
        var text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static SortedMap<String, String> decode(byte[] bytes) {
        var headers = new TreeMap<String, String>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return headers;
    }
}
