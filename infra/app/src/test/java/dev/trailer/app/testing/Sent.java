package dev.trailer.app.testing;

/** Workspaces as they are sent. */
public final class Sent {
    public static final long SMALL_MEMORY_BYTES = 16L << 20;

    private Sent() {}

    /** A small one that runs. */
    public static String workspace(String name, String host) {
        return with(name, host, "");
    }

    /** One that takes nothing of its host. */
    public static String stopped(String name, String host) {
        return with(name, host, ",\"desired\":\"stopped\"");
    }

    /** @param more further fields, each preceded by a comma */
    public static String with(String name, String host, String more) {
        return """
                {"name":"%s","image":"base","host":"%s","resources":{"cpus":0.1,"memoryBytes":%d}%s}""".formatted(name, host, SMALL_MEMORY_BYTES, more);
    }
}
