package dev.trailer.identity;

import dev.trailer.domain.access.Role;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How the person who starts a server gets in: called at start, after the migrations. Blocks on database and disk. */
public final class FirstAdmin {
    private static final Handle ADMIN = new Handle("admin");
    private static final String TOKEN_NAME = "admin-token";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;

    FirstAdmin(Accounts accounts, Sessions sessions, ApiTokens tokens) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /** Makes the account {@code admin} where there is none yet; safe on several servers at once. */
    public AccountId ensureAdmin() {
        return accounts.ensure(ADMIN, Role.ADMIN);
    }

    /** The token of a link that signs the admin in, once, within 15 minutes. Earlier links stop working. */
    public String newSignInLink() {
        return sessions.newLink(ensureAdmin());
    }

    /**
     * Sees to it that {@code file} holds a valid API token of the admin and a newline, readable by its owner only; keeps the
     * one that is there while it is valid. Taking the file away does not revoke its token.
     *
     * @return the token
     */
    public String ensureAdminToken(Path file) {
        try {
            var present = read(file);
            if (present.isPresent() && tokens.isValid(present.get())) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
                return present.get();
            }
            var token = tokens.issue(ensureAdmin(), TOKEN_NAME);
            write(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the admin token in " + file, e);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(Token.MAX_LENGTH + 1), StandardCharsets.UTF_8).strip();
            return text.isEmpty() || text.length() > Token.MAX_LENGTH ? Optional.empty() : Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whole or not at all, and never readable by others, not even for a moment. */
    private static void write(Path file, String text) throws IOException {
        var target = file.toAbsolutePath();
        var unfinished = Files.createTempFile(
                target.getParent(),
                "." + target.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
