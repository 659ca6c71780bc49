package dev.trailer.agent.protocol;

import java.util.List;

/**
 * What was done lately and what it said. Sent at least once, and taken as if once: attempts are known by their ids, lines by
 * their numbers. What an agent's process has not sent when it ends is lost.
 *
 * @param attempts that changed, at most {@value #MAX_ATTEMPTS}, each the whole of it
 * @param output of those that are worked on, at most {@value #MAX_LINES} lines together
 */
public record AttemptReport(long epoch, List<Attempt> attempts, List<Output> output) {
    /** Fits the body that a server reads, with the longest words. */
    public static final int MAX_ATTEMPTS = 32;

    public static final int MAX_LINES = 1_000;
    /** A line that is longer is cut. */
    public static final int MAX_LINE_LENGTH = 1_000;

    public AttemptReport {
        attempts = List.copyOf(attempts);
        output = List.copyOf(output);
    }

    /**
     * @param first the number of the first line within its attempt, from 1; they follow each other without gaps
     * @param lines in the order in which they were said
     */
    public record Output(String attempt, long first, List<String> lines) {
        public Output {
            lines = List.copyOf(lines);
        }
    }
}
