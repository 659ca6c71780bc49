package dev.trailer.agent.main;

import dev.trailer.agent.service.server.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** What was told at an earlier start, so that later ones need no options. In the data directory, which is its owner's alone. */
final class Kept {
    private static final String SERVER = "agent-server";
    private static final String AUTHORITIES = "agent-ca.pem";

    private final Path data;

    /** @throws BadUsage if the directory cannot be made or used */
    Kept(Path data) throws BadUsage {
        this.data = data;
        try {
            Files.createDirectories(data);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new BadUsage("--data " + data + ": is not a directory");
        } catch (IOException e) {
            throw new BadUsage("--data " + data + ": cannot be made this account's own: " + e);
        }
    }

    /** @param told null for the one of the last start */
    URI server(@Nullable URI told) throws BadUsage, IOException {
        var kept = data.resolve(SERVER);
        if (told != null) {
            replace(kept, Files.writeString(fresh(kept), told + "\n"));
            return told;
        }
        if (!Files.exists(kept)) {
            throw new BadUsage("--server is needed at the first start");
        }
        return Options.serverUrl(kept.toString(), Files.readString(kept).strip());
    }

    /** @param told null for those of the last start */
    Trust trust(@Nullable Path told) throws BadUsage, IOException {
        var kept = data.resolve(AUTHORITIES);
        if (told == null) {
            return Files.exists(kept) ? trust(kept.toString(), kept) : Trust.OF_JAVA;
        }
        var trust = trust("--ca-file " + told, told);
        replace(kept, Files.copy(told, fresh(kept), StandardCopyOption.REPLACE_EXISTING));
        return trust;
    }

    private static Trust trust(String where, Path file) throws BadUsage {
        try {
            return Trust.andOf(file);
        } catch (IOException e) {
            throw new BadUsage(where + ": " + e.getMessage());
        }
    }

    private static Path fresh(Path kept) {
        return kept.resolveSibling(kept.getFileName() + ".new");
    }

    /** Whole or not at all: a start that is killed here must not leave half a file for the next. */
    private static void replace(Path kept, Path fresh) throws IOException {
        Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the agent itself keeps its files. */
    Path state() {
        return data.resolve("agent");
    }
}
