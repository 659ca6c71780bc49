package dev.trailer.secrets;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.secrets.SealingKey.Sealed;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals, opens and erases values of secrets. Where the key is missing or wrong, each use is refused with {@code
 * secrets_unavailable} and looks for it again: put the file in its place, and it goes on. Any thread; blocks.
 */
public final class Vault {
    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

    /** Single rows by their keys: past this, the database is not there. */
    private static final int QUERY_TIMEOUT_SECONDS = 5;

    /** Sealed anew at once: some megabytes in memory at most. */
    private static final int BATCH = 50;

    private record Row(String secret, long version, String keyId, Sealed sealed) {}

    private final JdbcClient jdbc;
    private final KeyRings rings;
    private @Nullable KeyRing ring;
    /** Said once, not at each use. */
    private String told = "";

    Vault(DataSource database, KeyFile file) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
        jdbc = JdbcClient.create(template);
        rings = new KeyRings(database, file);
    }

    /** @param version of the value */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Opened(long version, byte[] value) {
        /** Values are not for logs. */
        @Override
        public String toString() {
            return "version " + version;
        }
    }

    /** A value, sealed; to be written with the command that records its version. What was there before goes. */
    public SecretWrite stored(SecretId secret, long version, byte[] value) {
        var key = ring().sealing();
        var sealed = key.seal(of(secret.value(), version), value);
        return SecretWrite.of("""
                insert into secret_value (secret, version, key_id, nonce, sealed) values (?, ?, ?, ?, ?)
                on conflict (secret) do update set version = excluded.version, key_id = excluded.key_id,
                  nonce = excluded.nonce, sealed = excluded.sealed""", secret.value(), version, key.id(), sealed.nonce(), sealed.bytes());
    }

    /** To be written with the command that deletes it. Needs no key. */
    public List<SecretWrite> erased(SecretId secret) {
        return List.of(
                SecretWrite.of("delete from secret_value where secret = ?", secret.value()),
                SecretWrite.of("delete from secret_use where secret = ?", secret.value()));
    }

    /**
     * The value that it has now, for whoever will use it; that is noted.
     *
     * @return empty if there is none
     * @throws Refused with {@code secrets_unavailable} if it cannot be opened
     */
    public Optional<Opened> open(SecretId secret) {
        var found =
                ask(jdbc -> jdbc.sql("select secret, version, key_id, nonce, sealed from secret_value where secret = ?")
                        .param(secret.value())
                        .query((row, _) -> new Row(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                new Sealed(row.getBytes(4), row.getBytes(5))))
                        .optional());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.get();
        var value = opened(row, ringWith(row.keyId));
        ask(jdbc -> jdbc.sql("""
                insert into secret_use (secret, used_at) select secret, clock_timestamp() from secret_value where secret = ?
                on conflict (secret) do update set used_at = excluded.used_at""").param(row.secret).update());
        return Optional.of(new Opened(row.version, value));
    }

    /** When each was last given to somebody; those that never were are missing. */
    public Map<String, Instant> lastUsed(Collection<SecretId> secrets) {
        var found = new HashMap<String, Instant>();
        if (secrets.isEmpty()) {
            return found;
        }
        return ask(jdbc -> {
            jdbc.sql("select secret, used_at from secret_use where secret = any (?)")
                    .param(secrets.stream().map(SecretId::value).toArray(String[]::new))
                    .query(row -> {
                        found.put(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class).toInstant());
                    });
            return found;
        });
    }

    /** Whether values can be sealed and opened now; why not is in the log. */
    public boolean usable() {
        try {
            ring();
            return true;
        } catch (Refused e) {
            return false;
        }
    }

    /**
     * What is wrong with the key file, in words that anybody may read; empty if nothing is. Asks the file alone, so that it
     * answers where the database does not; a key that is not the right one is known from its last use.
     */
    public synchronized Optional<String> trouble() {
        if (!rings.file().exists()) {
            return Optional.of("the key file is not there");
        }
        boolean refused = ring == null && !told.isEmpty();
        return refused || !rings.file().isReadable()
                ? Optional.of("the key file cannot be used; the log says why")
                : Optional.empty();
    }

    /**
     * Seals with the first key what is still sealed with others, so that those can be taken out of the file. Values that
     * change meanwhile are left to whoever changes them.
     *
     * @return how many
     */
    public int sealAnew() {
        var keys = ring();
        var current = keys.sealing();
        int done = 0;
        String after = "";
        while (true) {
            var last = after;
            var rows = ask(jdbc -> jdbc.sql("""
                    select secret, version, key_id, nonce, sealed from secret_value
                    where key_id <> ? and secret > ? order by secret limit ?""")
                    .params(current.id(), last, BATCH)
                    .query((row, _) -> new Row(
                            row.getString(1),
                            row.getLong(2),
                            row.getString(3),
                            new Sealed(row.getBytes(4), row.getBytes(5))))
                    .list());
            if (rows.isEmpty()) {
                return done;
            }
            for (Row row : rows) {
                done += sealAnew(row, keys, current);
            }
            after = rows.getLast().secret;
        }
    }

    private int sealAnew(Row row, KeyRing keys, SealingKey current) {
        byte[] value;
        try {
            value = opened(row, keys);
        } catch (Refused e) {
            // Said already, and the others can still be saved.
            return 0;
        }
        var sealed = current.seal(of(row.secret, row.version), value);
        return ask(jdbc -> jdbc.sql("""
                update secret_value set key_id = ?, nonce = ?, sealed = ?
                where secret = ? and version = ? and key_id = ?""")
                .params(current.id(), sealed.nonce(), sealed.bytes(), row.secret, row.version, row.keyId)
                .update());
    }

    private static byte[] opened(Row row, KeyRing keys) {
        var key = keys.key(row.keyId);
        if (key.isEmpty()) {
            LOG.error("Secret {} is sealed with key {}, which is not in the key file", row.secret, row.keyId);
            throw new Refused(new Reason.SecretsUnavailable());
        }
        try {
            return key.get().open(of(row.secret, row.version), row.sealed);
        } catch (AEADBadTagException e) {
            LOG.error("The value of secret {} is not what was sealed: somebody changed it", row.secret);
            throw new Refused(new Reason.SecretsUnavailable());
        }
    }

    /** What a value is bound to. */
    private static String of(String secret, long version) {
        return "secret " + secret + "/" + version;
    }

    /** Another server may have begun to seal with a key that was put into the file since we read it. */
    private synchronized KeyRing ringWith(String keyId) {
        if (ring != null && ring.key(keyId).isEmpty()) {
            ring = null;
        }
        return ring();
    }

    private synchronized KeyRing ring() {
        var have = ring;
        if (have != null) {
            return have;
        }
        try {
            have = rings.open();
            ring = have;
            LOG.info("Secrets are sealed with key {}", have.sealing().id());
            return have;
        } catch (IOException e) {
            var why = String.valueOf(e.getMessage());
            if (!why.equals(told)) {
                LOG.error("Secrets cannot be opened: {}", why);
                told = why;
            }
            throw new Refused(new Reason.SecretsUnavailable());
        } catch (SQLException e) {
            LOG.warn("The tables of secrets do not answer: {}", e.toString());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    private <T> T ask(Function<JdbcClient, T> question) {
        try {
            return question.apply(jdbc);
        } catch (DataAccessException e) {
            LOG.warn("The tables of secrets do not answer: {}", e.toString());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }
}
