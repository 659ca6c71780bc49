package dev.trailer.agent.service.attempts;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The lines of one attempt that the server has not been told yet. Where they come faster than they go, or there are too many
 * of them, the middle is left out and a line says so. One thread at a time.
 */
final class Output {
    /** Each of the first and of the last lines that wait; with long lines, 2 MB. */
    static final int MAX_WAITING = 1_000;
    /** Told of one attempt while it goes on; of a longer output only the end follows. Some hours of a compiler. */
    static final int MAX_TOLD = 20_000;

    private final ArrayDeque<String> first = new ArrayDeque<>();
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private long leftOut;
    private long told;
    private boolean ended;

    void add(String line) {
        if (leftOut == 0 && last.isEmpty() && first.size() < MAX_WAITING && told + first.size() < MAX_TOLD) {
            first.add(line);
            return;
        }
        if (last.size() == MAX_WAITING) {
            last.remove();
            leftOut++;
        }
        last.add(line);
        moveUp();
    }

    /** Nothing is added any more. */
    void end() {
        ended = true;
        moveUp();
    }

    private void moveUp() {
        if (!first.isEmpty() || last.isEmpty() || (told >= MAX_TOLD && !ended)) {
            return;
        }
        if (leftOut > 0) {
            first.add("… " + leftOut + " lines left out …");
            leftOut = 0;
        }
        first.addAll(last);
        last.clear();
    }

    /** The number of the first line that waits. */
    long next() {
        return told + 1;
    }

    List<String> waiting(int atMost) {
        return first.stream().limit(atMost).toList();
    }

    int size() {
        return first.size() + last.size();
    }

    boolean canBeTold() {
        return !first.isEmpty();
    }

    /** The lines of these numbers have arrived. */
    void told(long from, int count) {
        for (long number = next(); number < from + count && !first.isEmpty(); number++) {
            first.remove();
            told++;
        }
        moveUp();
    }
}
