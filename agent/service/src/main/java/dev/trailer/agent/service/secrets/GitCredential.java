package dev.trailer.agent.service.secrets;

import dev.trailer.agent.service.engine.EngineException;
import java.nio.charset.StandardCharsets;

/** What a person keeps as a credential: {@code user:password}, or a token alone. */
final class GitCredential {
    /** Whoever takes tokens looks at the token; some will not have an empty user. */
    private static final String ANY_USER = "git";

    private GitCredential() {}

    /** Two lines, as the script reads them: user, password. */
    static byte[] lines(String value) {
        String line = value.strip();
        if (line.isEmpty() || line.lines().count() > 1) {
            throw new EngineException("the repository's credential must be one line: user:password, or a token");
        }
        int colon = line.indexOf(':');
        String user = colon < 0 ? ANY_USER : line.substring(0, colon);
        return (user + "\n" + line.substring(colon + 1) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
