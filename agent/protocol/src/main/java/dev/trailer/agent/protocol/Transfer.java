package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a volume on their way between a host and the server, as a tar archive. It is sent <em>sealed</em>: the last
 * {@value #SEAL_BYTES} bytes of the stream are the {@value #SEAL} of all before them, so that what was cut, or changed, is not
 * taken for the whole.
 */
public final class Transfer {
    public static final String SEAL = "SHA-256";
    public static final int SEAL_BYTES = 32;

    private Transfer() {}

    public enum Direction {
        /** The agent sends what the volume holds. */
        @JsonProperty("send")
        SEND,
        /** The agent receives what the volume is to hold. */
        @JsonProperty("receive")
        RECEIVE
    }

    public record Order(String id, String volume, Direction direction) {}

    public record Orders(List<Order> orders) {
        public Orders {
            orders = List.copyOf(orders);
        }
    }

    /**
     * How it ended for the agent.
     *
     * @param problem what went wrong; null if nothing did
     * @param bytes of the archive
     * @param sha256 of the archive, in hexadecimal; null if it did not come to its end
     */
    public record Result(
            @Nullable String problem, long bytes, @Nullable String sha256) {
        /** A bound on what is told: the engine's words may be long. */
        public static final int MAX_PROBLEM_LENGTH = 500;

        public static Result failed(String problem) {
            return new Result(
                    problem.length() <= MAX_PROBLEM_LENGTH ? problem : problem.substring(0, MAX_PROBLEM_LENGTH),
                    0,
                    null);
        }
    }
}
