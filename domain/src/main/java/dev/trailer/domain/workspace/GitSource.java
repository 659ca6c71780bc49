package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.trailer.domain.secret.SecretRef;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository that is cloned into a workspace's first volume, unless there is something of its name already.
 *
 * @param url http or https, without user and password: it stays in the history
 * @param ref a branch, a tag or a commit; null for what the repository says
 * @param secret the credential, {@code user:password} or a token alone; null where none is needed
 */
public record GitSource(
        String url, @Nullable String ref, @Nullable SecretRef secret) {
    public static final int MAX_URL_LENGTH = 500;
    private static final Pattern URL = Pattern.compile(
            "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~%+-]+)*/([A-Za-z0-9._-]+)/?");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}");

    public GitSource {
        requireUrl(url);
        if (ref != null && (!REF.matcher(ref).matches() || ref.contains(".."))) {
            throw new IllegalArgumentException("a ref is a branch, a tag or a commit: 1 to 200 letters, digits,"
                    + " . _ / + or -, without .. and not beginning with a sign");
        }
    }

    private static void requireUrl(String url) {
        if (url.length() > MAX_URL_LENGTH || url.contains("@")) {
            throw new IllegalArgumentException("a repository's URL has at most " + MAX_URL_LENGTH
                    + " characters and no user or password:" + " name a secret instead");
        }
        var parts = URL.matcher(url);
        if (!parts.matches() || directoryOf(parts.group(4)).matches("\\.*")) {
            throw new IllegalArgumentException(
                    "a repository's URL is http or https, such as https://git.example/team/api.git, without query");
        }
    }

    /** What its directory is called: the last part of the URL, without {@code .git}. */
    @JsonIgnore
    public String directory() {
        var plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return directoryOf(plain.substring(plain.lastIndexOf('/') + 1));
    }

    private static String directoryOf(String last) {
        return last.endsWith(".git") ? last.substring(0, last.length() - ".git".length()) : last;
    }

    public GitSource with(SecretRef credential) {
        return new GitSource(url, ref, credential);
    }
}
