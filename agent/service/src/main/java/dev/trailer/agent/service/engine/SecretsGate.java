package dev.trailer.agent.service.engine;

import dev.trailer.agent.protocol.Paths;
import java.util.List;
import java.util.Map;

/**
 * How a container's main process waits for its secrets: a file system in memory, empty at each start, and a shell in front
 * of the image's own command that waits for the mark that all are there. So they are in no layer, no volume and no
 * inspection, and the command finds them from its first instruction on.
 */
public final class SecretsGate {
    /** The mark. */
    public static final String READY = Paths.SECRET_FILES + "/.ready";

    /**
     * By root, before the first secret is written: anybody in the container may then make files there, each its maker's
     * alone. The engine cannot do it, as it does not know the number of the container's user.
     */
    public static final String OPEN = "chmod 1777 " + Paths.SECRET_FILES;

    /** 20 secrets of 64 KiB, in whole pages. */
    private static final String SIZE = "2m";

    /** As often as the wait may last two minutes: an agent that was killed is back by then, a server that is away maybe. */
    private static final int LOOKS = 1_200;

    /** Exit status for "try again later" (sysexits' EX_TEMPFAIL), and the agent does. */
    static final int NOT_GIVEN = 75;

    private static final String WAIT = """
            n=0
            until [ -e %s ]; do
              n=$((n+1))
              if [ $n -gt %d ]; then
                echo "trailer: this workspace's secrets did not come within two minutes" >&2
                exit %d
              fi
              sleep 0.1 || exit %d
            done
            exec "$@"
            """.formatted(READY, LOOKS, NOT_GIVEN, NOT_GIVEN);

    private SecretsGate() {}

    static List<String> entrypoint() {
        return List.of("/bin/sh", "-c", WAIT, "trailer-secrets");
    }

    /** Its mode is set by {@link #OPEN}: at a second start engines give it that of the directory that the first one left. */
    static Map<String, String> fileSystem() {
        return Map.of(Paths.SECRET_FILES, "rw,noexec,nosuid,nodev,size=" + SIZE + "");
    }
}
