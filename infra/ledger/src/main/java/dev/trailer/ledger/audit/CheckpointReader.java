package dev.trailer.ledger.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of checkpoints line by line. Each line has the hash of the one before, so that the signature of one attests all
 * that lead up to it: only the last is looked at, the last before a break, and those that {@link #confirm} is asked for, for a
 * signature costs some hundred microseconds and a year has half a million lines. What is wrong with the file itself is told at
 * the end. One thread.
 */
public final class CheckpointReader implements AutoCloseable {
    /** Six times what one has; a line that is longer is none. */
    private static final int MAX_LINE_BYTES = 4_096;

    private final InputStream in;
    private final @Nullable CheckpointVerifier verifier;
    private final List<String> warnings = new ArrayList<>();
    private @Nullable String problem;
    private long left;
    private long number;
    private @Nullable CheckpointLine current;
    private long currentNumber;
    private @Nullable Boolean confirmed;
    private String lastHash = Checkpoint.BEGINNING;

    private CheckpointReader(InputStream in, long length, @Nullable CheckpointVerifier verifier) {
        this.in = in;
        this.left = length;
        this.verifier = verifier;
    }

    /** One that gives nothing, and says why. */
    public static CheckpointReader none(String warning) {
        var reader = new CheckpointReader(InputStream.nullInputStream(), 0, null);
        reader.warnings.add(warning);
        return reader;
    }

    /** One that gives nothing, because the file cannot be read. */
    static CheckpointReader unreadable(String problem) {
        var reader = new CheckpointReader(InputStream.nullInputStream(), 0, null);
        reader.problem = problem;
        return reader;
    }

    /** As much of the file as there is now: what is added later is not read. */
    public static CheckpointReader open(Path file, CheckpointVerifier verifier) throws IOException {
        try {
            long length = Files.size(file);
            return new CheckpointReader(new BufferedInputStream(Files.newInputStream(file)), length, verifier);
        } catch (NoSuchFileException e) {
            return none("there are no checkpoints, as there is no file " + file
                    + ": a tail that was cut off, or a ledger that was written anew, would not be found");
        }
    }

    /** @return null if there is none left */
    @Nullable
    Checkpoint next() {
        while (true) {
            var line = line();
            if (line == null) {
                confirm();
                return null;
            }
            number++;
            var read = CheckpointLine.read(line);
            if (read == null) {
                confirm();
                problem(number, "is not a checkpoint");
            } else {
                checkLink(read.checkpoint());
            }
            lastHash = CheckpointLine.hash(line);
            if (read != null && isOurs(read.checkpoint())) {
                current = read;
                currentNumber = number;
                confirmed = null;
                return read.checkpoint();
            }
        }
    }

    /** @return whether the key has signed what was given last */
    boolean confirm() {
        if (confirmed == null) {
            var line = current;
            confirmed = line == null || (verifier != null && verifier.verifies(line.signed(), line.signature()));
            if (!confirmed) {
                problem(currentNumber, "has a signature that is not the key's");
            }
        }
        return confirmed;
    }

    private void checkLink(Checkpoint checkpoint) {
        if (number == 1 && !checkpoint.previous().equals(Checkpoint.BEGINNING)) {
            warnings.add("the file of checkpoints begins in the middle: the lines before its first are not in it");
        } else if (number > 1 && !checkpoint.previous().equals(lastHash) && confirm()) {
            problem(number, "does not follow from the line before: a line was changed, taken out or put in");
        }
    }

    private boolean isOurs(Checkpoint checkpoint) {
        if (verifier != null && checkpoint.key().equals(verifier.id())) {
            return true;
        }
        problem(number, "is signed by another key, " + checkpoint.key());
        return false;
    }

    private void problem(long line, String what) {
        if (problem == null) {
            problem = "line " + line + " of the checkpoints " + what;
        }
    }

    /** @return without its end; null if there is none left */
    private byte @Nullable [] line() {
        var line = new ByteArrayOutputStream(1_024);
        try {
            while (left > 0) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                left--;
                if (next == '\n') {
                    return line.toByteArray();
                }
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (line.size() > 0) {
            warnings.add("the last line of the checkpoints is half a line, as a crash while it was written leaves it");
        }
        return null;
    }

    @Nullable
    String problem() {
        return problem;
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
