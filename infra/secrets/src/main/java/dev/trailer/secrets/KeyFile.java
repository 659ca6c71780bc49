package dev.trailer.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file with the keys, one a line: the first seals, all of them open. Readable by its owner alone. */
record KeyFile(Path path) {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    /** More than anybody rotates through before the old ones are taken out. */
    private static final int MAX_KEYS = 20;

    private static final String HEAD = """
            # The keys that secrets are sealed with: the first seals, all of them open. Without this file they are lost.
            # Keep a copy, apart from the database's backups.
            """;

    boolean exists() {
        return Files.exists(path);
    }

    /** Whether {@link #read} would answer. */
    boolean isReadable() {
        try {
            read();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IOException saying which file, and why; never what is in it */
    List<SealingKey> read() throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER_"))) {
            throw new IOException(path + " can be read by others than its owner: chmod 600");
        }
        var keys = new ArrayList<SealingKey>();
        for (String line : Files.readAllLines(path)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(key(line));
            }
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IOException(path + " has " + keys.size() + " keys; 1 to " + MAX_KEYS + " are allowed");
        }
        if (keys.stream().map(SealingKey::id).distinct().count() < keys.size()) {
            throw new IOException(path + " has two keys of one id");
        }
        return keys;
    }

    private SealingKey key(String line) throws IOException {
        try {
            return SealingKey.ofLine(line);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage());
        }
    }

    /** Whole or not at all: half a key would be no key. */
    void make(SealingKey key) throws IOException {
        var draft = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (var channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ALONE))) {
            channel.write(ByteBuffer.wrap((HEAD + key.line() + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
