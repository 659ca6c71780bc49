package dev.trailer.ledger.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server's file of checkpoints, which only grows: a line is on the disk once {@link #append} returns. It is looked at
 * anew each time, so the file may be moved away while the server runs. Any thread.
 */
public final class CheckpointLog {
    /** A line has some 600 bytes; the last one is looked for in so many. */
    private static final int TAIL_BYTES = 8_192;

    private static final Logger log = LoggerFactory.getLogger(CheckpointLog.class);

    /**
     * How the file ends.
     *
     * @param length of its whole lines
     * @param last its last whole line, null if there is none
     */
    private record Tail(long length, byte @Nullable [] last) {}

    private final Path file;
    private final Path keyFile;
    private @Nullable CheckpointSigner signer;
    private String lastHash = Checkpoint.BEGINNING;

    /** @param keyFile made when it is first needed */
    public CheckpointLog(Path file, Path keyFile) {
        this.file = file;
        this.keyFile = keyFile;
    }

    public Path file() {
        return file;
    }

    /** What it has now, for comparing. Where it cannot be read, that is what the reader says. */
    public synchronized CheckpointReader reader() {
        try {
            return CheckpointReader.open(file, signer().verifier());
        } catch (IOException e) {
            return CheckpointReader.unreadable("the checkpoints cannot be read: " + e.getMessage());
        }
    }

    /** The last whole line; null if there is none, or it is no checkpoint. */
    synchronized @Nullable Checkpoint last() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var last = tail(channel).last;
            var line = last == null ? null : CheckpointLine.read(last);
            return line == null ? null : line.checkpoint();
        }
    }

    /** The time, or that of the last checkpoint where the clock was set back behind it: theirs never decreases. */
    public Instant now(Clock clock) {
        var now = clock.instant();
        try {
            var last = last();
            return last != null && last.writtenAt().isAfter(now) ? last.writtenAt() : now;
        } catch (IOException e) {
            return now; // whoever reads or writes the file will say so
        }
    }

    /** @throws IOException if it may not be there; then nothing of it is, or half a line that the next one replaces */
    synchronized void append(Head head, Clock clock) throws IOException {
        var writtenAt = now(clock);
        var key = signer();
        boolean isNew = !Files.exists(file);
        try (var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(CheckpointSigner.OWNER_ALONE))) {
            var tail = tail(channel);
            if (tail.length < channel.size()) {
                log.warn("Half a line, as a crash leaves it, is taken off the end of {}", file);
                channel.truncate(tail.length);
            }
            var line = CheckpointLine.write(
                    new Checkpoint(
                            head.install(),
                            head.timeline(),
                            head.position(),
                            HexFormat.of().formatHex(head.chain()),
                            head.recordedAt(),
                            writtenAt,
                            tail.last == null ? lastHash : CheckpointLine.hash(tail.last),
                            key.verifier().id()),
                    key);
            channel.position(tail.length);
            var bytes = ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            lastHash = CheckpointLine.hash(line);
        }
        if (isNew) {
            syncFolder();
        }
    }

    private CheckpointSigner signer() throws IOException {
        if (signer == null) {
            signer = CheckpointSigner.open(keyFile);
        }
        return signer;
    }

    /** So that a file that is new is found after a crash. */
    private void syncFolder() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Tail tail(FileChannel channel) throws IOException {
        long size = channel.size();
        var bytes = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
        long start = size - bytes.capacity();
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            // on until all of it is there
        }
        var tail = bytes.array();
        int end = lastBreak(tail, tail.length);
        if (end < 0) {
            if (start > 0) {
                throw new IOException(file + " is not a file of checkpoints");
            }
            return new Tail(0, null);
        }
        int begin = lastBreak(tail, end) + 1;
        if (begin == 0 && start > 0) {
            throw new IOException(file + " is not a file of checkpoints");
        }
        return new Tail(start + end + 1, Arrays.copyOfRange(tail, begin, end));
    }

    /** @return the index of the last line break before {@code end}, or -1 */
    private static int lastBreak(byte[] bytes, int end) {
        int at = end - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
