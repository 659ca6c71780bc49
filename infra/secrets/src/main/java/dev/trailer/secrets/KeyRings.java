package dev.trailer.secrets;

import dev.trailer.secrets.SealingKey.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.sql.DataSource;

/**
 * Brings key file and database together: makes the file where nothing was sealed yet, and takes no key that is not the one
 * that values were sealed with. One caller at a time; servers that start together take turns.
 */
final class KeyRings {
    /** Held for the transaction in which a server makes its file or finds that another has made one. */
    private static final long LOCK = 0x7472_6c5f_7365_6372L;

    private static final byte[] KNOWN = "the key is right".getBytes(StandardCharsets.US_ASCII);

    private final DataSource database;
    private final KeyFile file;

    KeyRings(DataSource database, KeyFile file) {
        this.database = database;
        this.file = file;
    }

    KeyFile file() {
        return file;
    }

    /** @throws IOException if there is no key, or a wrong one, in words for the log */
    KeyRing open() throws IOException, SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                lock(connection);
                var ring = open(connection, known(connection));
                connection.commit();
                return ring;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private KeyRing open(Connection connection, Map<String, Sealed> known) throws IOException, SQLException {
        if (!file.exists()) {
            if (!known.isEmpty()) {
                throw new IOException(file.path() + " is not there, and secrets are sealed with "
                        + String.join(", ", known.keySet()) + ": put the file that has it back");
            }
            file.make(SealingKey.fresh());
        }
        var keys = file.read();
        var news = new ArrayList<SealingKey>();
        for (SealingKey key : keys) {
            var sample = known.get(key.id());
            if (sample == null) {
                news.add(key);
            } else {
                requireRight(key, sample);
            }
        }
        // Another install's file, or a new one where the old was lost: taking it would hide that the old is needed.
        if (news.size() == keys.size() && !known.isEmpty()) {
            throw new IOException(file.path() + " has none of the keys that secrets are sealed with: "
                    + String.join(", ", known.keySet()));
        }
        record(connection, news);
        return new KeyRing(keys);
    }

    private void requireRight(SealingKey key, Sealed sample) throws IOException {
        try {
            key.open(of(key), sample);
        } catch (AEADBadTagException e) {
            throw new IOException(file.path() + ": " + key + " is not the key that has this id", e);
        }
    }

    private static String of(SealingKey key) {
        return "key " + key.id();
    }

    private static void lock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    private static Map<String, Sealed> known(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select key_id, nonce, sealed from secret_key");
                var rows = query.executeQuery()) {
            var known = new TreeMap<String, Sealed>();
            while (rows.next()) {
                known.put(rows.getString(1), new Sealed(rows.getBytes(2), rows.getBytes(3)));
            }
            return known;
        }
    }

    private static void record(Connection connection, List<SealingKey> keys) throws SQLException {
        try (var insert =
                connection.prepareStatement("insert into secret_key (key_id, nonce, sealed) values (?, ?, ?)")) {
            for (SealingKey key : keys) {
                var sample = key.seal(of(key), KNOWN);
                insert.setString(1, key.id());
                insert.setBytes(2, sample.nonce());
                insert.setBytes(3, sample.bytes());
                insert.executeUpdate();
            }
        }
    }
}
