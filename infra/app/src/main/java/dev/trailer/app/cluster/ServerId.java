package dev.trailer.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A server's id: made at its first start, kept in its data directory for ever. */
public record ServerId(UUID value) {
    private static final String FILE = "server-id";

    /**
     * @throws IllegalStateException if what is kept is no id
     * @throws UncheckedIOException if it cannot be read or written
     */
    static ServerId in(Path data) {
        var file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(data);
                Files.writeString(file, UUID.randomUUID() + "\n");
            }
            return new ServerId(UUID.fromString(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " holds no server id; remove it to have another one made", e);
        }
    }

    /** The key of its advisory lock. */
    long lockKey() {
        return value.getMostSignificantBits() ^ value.getLeastSignificantBits();
    }
}
