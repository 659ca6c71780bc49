package dev.trailer.agent.service.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length is told piece by piece. One that breaks off is an error, not an end. One thread. */
final class ChunkedBody extends InputStream {
    private static final int MAX_LINE_BYTES = 1_024;

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, from, (int) Math.min(left, length));
        if (read < 0) {
            throw new EOFException("the engine hung up in the middle of an answer");
        }
        left -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            line();
        }
        begun = true;
        try {
            left = Long.parseLong(line().split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a length that is no number", e);
        }
        if (left == 0) {
            ended = true;
            while (!line().isEmpty()) {
                // Headers that come last; nobody here asks for any.
            }
        }
    }

    private String line() throws IOException {
        return EngineAnswer.line(in, new int[] {MAX_LINE_BYTES});
    }

    /** What is there without waiting, so that a line of a log is not kept until the next. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }
}
