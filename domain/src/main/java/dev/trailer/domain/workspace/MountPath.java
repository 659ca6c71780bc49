package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/** Where a volume appears inside the container: absolute, plain, and not over what the system itself needs. */
public record MountPath(@JsonValue String value) {
    public static final int MAX_LENGTH = 200;

    /** Nothing at or under these: the container could not start, or the image's own programs would be hidden. */
    private static final List<String> SYSTEM = List.of(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/proc",
            "/run",
            "/sbin",
            "/sys",
            "/usr",
            "/var/run");

    /** Not these themselves, though a directory under them is fine. */
    private static final List<String> ROOTS =
            List.of("/", "/home", "/media", "/mnt", "/opt", "/srv", "/tmp", "/var", "/var/lib");

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MountPath {
        if (!value.startsWith("/")) {
            throw new IllegalArgumentException("a mount path must be absolute: it begins with /");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a mount path has at most " + MAX_LENGTH + " characters");
        }
        if (!value.equals("/") && !PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a mount path is made of / and letters, digits, . _ @ + -, without empty segments or a trailing /");
        }
        for (String segment : value.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("a mount path must not have . or .. segments");
            }
        }
        if (ROOTS.contains(value) || SYSTEM.stream().anyMatch(s -> isAtOrUnder(value, s))) {
            throw new IllegalArgumentException(
                    "a mount path must not be a system directory; /home/dev or /data will do");
        }
    }

    private static boolean isAtOrUnder(String path, String directory) {
        if (directory.equals("/usr") && path.startsWith("/usr/local/")) {
            return false;
        }
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    @Override
    public String toString() {
        return value;
    }
}
