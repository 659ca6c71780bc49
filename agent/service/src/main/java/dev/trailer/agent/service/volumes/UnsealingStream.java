package dev.trailer.agent.service.volumes;

import dev.trailer.agent.protocol.Transfer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A sealed stream without its seal; throws at its end where that is not the right one. For one thread. */
final class UnsealingStream extends FilterInputStream {
    private static final int PIECE = 64 << 10;

    private final Digest digest = new Digest();
    /** The last {@link Transfer#SEAL_BYTES} of it may be the seal. */
    private final byte[] held = new byte[PIECE + Transfer.SEAL_BYTES];

    private int from;
    private int to;
    private boolean ended;
    private String sha256 = "";

    UnsealingStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (to - from <= Transfer.SEAL_BYTES) {
            if (ended) {
                return -1;
            }
            hold();
        }
        int count = Math.min(length, to - from - Transfer.SEAL_BYTES);
        System.arraycopy(held, from, buffer, offset, count);
        digest.update(held, from, count);
        from += count;
        return count;
    }

    private void hold() throws IOException {
        System.arraycopy(held, from, held, 0, to - from);
        to -= from;
        from = 0;
        int read = in.read(held, to, held.length - to);
        if (read >= 0) {
            to += read;
            return;
        }
        byte[] due = digest.finish();
        if (to != Transfer.SEAL_BYTES || !MessageDigest.isEqual(due, Arrays.copyOf(held, to))) {
            throw new IOException("the archive did not arrive whole: its checksum does not agree");
        }
        sha256 = HexFormat.of().formatHex(due);
        ended = true;
    }

    long bytes() {
        return digest.bytes();
    }

    /** Of all before the seal; empty before its end was read and found right. */
    String sha256() {
        return sha256;
    }
}
