package dev.trailer.agent.service.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A command to run inside of a running container.
 *
 * @param asRoot by its user 0 instead of the container's own user
 * @param command what shows wherever the engine shows what runs: nothing secret may be in it
 * @param input what it can read, and no end after it: it must know how many bytes to take
 * @param limit after which it is ended, with all that it began
 * @param wanted asked now and then: it is ended also once this says no
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Exec(
        String container, boolean asRoot, List<String> command, byte[] input, Duration limit, BooleanSupplier wanted) {
    public Exec {
        command = List.copyOf(command);
    }

    /** As the container's own user. */
    public Exec(String container, List<String> command, byte[] input, Duration limit, BooleanSupplier wanted) {
        this(container, false, command, input, limit, wanted);
    }

    /** What is given to it is not for logs. */
    @Override
    public String toString() {
        return command + " in " + container;
    }

    /** How it ended. */
    public record Result(int exitCode, String output) {
        /** Of what it printed, the last: enough to say why. */
        public static final int MAX_OUTPUT = 8 << 10;
    }

    /** Keeps the end of an output. One thread. */
    static final class Tail {
        private final byte[] kept = new byte[Result.MAX_OUTPUT];
        private long taken;

        void take(byte[] bytes) {
            for (byte b : bytes) {
                kept[(int) (taken++ % kept.length)] = b;
            }
        }

        byte[] bytes() {
            if (taken <= kept.length) {
                return Arrays.copyOf(kept, (int) taken);
            }
            int start = (int) (taken % kept.length);
            var bytes = new byte[kept.length];
            System.arraycopy(kept, start, bytes, 0, kept.length - start);
            System.arraycopy(kept, 0, bytes, kept.length - start, start);
            return bytes;
        }
    }
}
