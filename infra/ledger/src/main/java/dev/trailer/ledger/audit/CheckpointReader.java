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
 * Reads a file of checkpoints line by line, and gives those that the key has signed. What is wrong with the file itself is
 * kept and told at the end. One thread.
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
                return null;
            }
            number++;
            var read = CheckpointLine.read(line);
            var good = check(read);
            lastHash = CheckpointLine.hash(line);
            if (good && read != null) {
                return read.checkpoint();
            }
        }
    }

    private boolean check(@Nullable CheckpointLine line) {
        if (line == null) {
            problem("is not a checkpoint");
            return false;
        }
        var checkpoint = line.checkpoint();
        if (number == 1 && !checkpoint.previous().equals(Checkpoint.BEGINNING)) {
            warnings.add("the file of checkpoints begins in the middle: the lines before its first are not in it");
        } else if (number > 1 && !checkpoint.previous().equals(lastHash)) {
            problem("does not follow from the line before: a line was changed, taken out or put in");
        }
        if (verifier == null || !checkpoint.key().equals(verifier.id())) {
            problem("is signed by another key, " + checkpoint.key());
            return false;
        }
        if (!verifier.verifies(line.signed(), line.signature())) {
            problem("has a signature that is not the key's");
            return false;
        }
        return true;
    }

    private void problem(String what) {
        if (problem == null) {
            problem = "line " + number + " of the checkpoints " + what;
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
