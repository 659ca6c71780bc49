package dev.trailer.agent.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token in a file: never on a command line, which all users of a machine may list, and never in the log. */
final class EnrolmentToken {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentToken.class);
    /** A token is some 50; what is longer is some other file. */
    private static final int MAX_BYTES = 1_024;

    private EnrolmentToken() {}

    /**
     * What a start needs of it.
     *
     * @return empty for an enrolled host, whose file may be gone
     */
    static Optional<String> atStart(@Nullable Path file, boolean enrolled) throws BadUsage {
        if (enrolled) {
            return Optional.empty();
        }
        if (file == null) {
            throw new BadUsage("--token-file is needed until the host is enrolled");
        }
        var token = read(file);
        warnOfOthers(file);
        return Optional.of(token);
    }

    /** What is in it now: maybe a rotated one. Empty where there is none, which is no fault of an enrolled host. */
    static Optional<String> now(@Nullable Path file) {
        try {
            return file == null ? Optional.empty() : Optional.of(read(file));
        } catch (BadUsage e) {
            LOG.debug("no token: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String read(Path file) throws BadUsage {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new BadUsage("--token-file " + file + ": cannot be read: " + e);
        }
        var token = new String(bytes, StandardCharsets.UTF_8).strip();
        if (token.isEmpty() || bytes.length > MAX_BYTES || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new BadUsage("--token-file " + file + ": must hold the token, one word, and nothing else");
        }
        return token;
    }

    private static void warnOfOthers(Path file) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn(
                        "--token-file {} can be read by others than its owner; who has the token first is the host",
                        file);
            }
        } catch (IOException e) {
            LOG.debug("who may read {} is not known", file, e);
        }
    }
}
