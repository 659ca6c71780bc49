package dev.trailer.agent.service.volumes;

import dev.trailer.agent.protocol.Transfer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A stream with its seal behind it. For one thread. */
final class SealingStream extends FilterInputStream {
    private final Digest digest = new Digest();
    private byte @Nullable [] seal;
    private int sealed;

    SealingStream(InputStream in) {
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
        if (seal == null) {
            int read = super.read(buffer, offset, length);
            if (read >= 0) {
                digest.update(buffer, offset, read);
                return read;
            }
            seal = digest.finish();
        }
        byte[] all = seal;
        int count = Math.min(length, Transfer.SEAL_BYTES - sealed);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(all, sealed, buffer, offset, count);
        sealed += count;
        return count;
    }

    long bytes() {
        return digest.bytes();
    }

    /** Of all before the seal; empty before its end was read. */
    String sha256() {
        byte[] all = seal;
        return all == null ? "" : HexFormat.of().formatHex(all);
    }
}
