package dev.trailer.agent.service.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a length that is known. One that breaks off is an error, not an end. One thread. */
final class FixedBody extends InputStream {
    private final InputStream in;
    private long left;

    FixedBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
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
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, from, (int) Math.min(left, length));
        if (read < 0) {
            throw new EOFException("the engine hung up in the middle of an answer");
        }
        left -= read;
        return read;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }
}
