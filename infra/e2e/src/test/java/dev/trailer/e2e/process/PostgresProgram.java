package dev.trailer.e2e.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL that the product brings along, as an archive that an engine's build can add. */
final class PostgresProgram {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private PostgresProgram() {}

    /** Made once, kept over runs: an engine without xz takes it too. */
    static Path tar() {
        var folder = Places.kept("postgres-program");
        var tar = folder.resolve("postgres.tar");
        if (Files.exists(tar)) {
            return tar;
        }
        var unfinished = folder.resolve("postgres.tar.unfinished");
        try (var archive = Objects.requireNonNull(PostgresProgram.class.getResourceAsStream(ARCHIVE), ARCHIVE);
                var plain = new XZInputStream(new BufferedInputStream(archive))) {
            Files.copy(plain, unfinished, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(unfinished, tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
