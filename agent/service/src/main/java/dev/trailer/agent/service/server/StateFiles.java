package dev.trailer.agent.service.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The agent's few small files, each written whole or not at all and readable by its owner alone. */
final class StateFiles {
    private final Path directory;
    private final JsonMapper json;

    StateFiles(Path directory, JsonMapper json) throws IOException {
        this.directory = directory;
        this.json = json;
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    <T> Optional<T> read(String name, Class<T> type) throws IOException {
        return read(directory, name, type, json);
    }

    /** Without making the directory. */
    static <T> Optional<T> read(Path directory, String name, Class<T> type, JsonMapper json) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(json.readValue(Files.readAllBytes(file), type)) : Optional.empty();
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** On disk when it returns: what depends on it (an enrolment) may follow. */
    void write(String name, Object value) throws IOException {
        Path fresh = directory.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            var bytes = ByteBuffer.wrap(json.writeValueAsBytes(value));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (var entry = FileChannel.open(directory)) {
            entry.force(true);
        }
    }
}
