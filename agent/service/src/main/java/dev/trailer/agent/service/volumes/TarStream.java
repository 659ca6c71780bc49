package dev.trailer.agent.service.volumes;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive as it passes by. Throws where it is no archive or was cut: an engine unpacks half of one without a word, and
 * ends one early where a file shrank under it. Leaves out device nodes, which nobody in a workspace could use. Memory stays
 * at some blocks, however large it is. For one thread.
 */
final class TarStream extends FilterInputStream {
    private static final int BLOCK = 512;
    /** What an entry may bring before it: long names, attributes. The kernel allows names of 4 KiB, attributes of 64 KiB. */
    private static final int MAX_EXTENSIONS = 1 << 20;

    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;

    /** Read and yet to be passed on. */
    private byte[] ready = new byte[0];

    private int passed;
    /** Of the entry's data and its padding, yet to come from the source. */
    private long data;

    private boolean ended;
    private final TarEntryName first;

    /** Reads up to the first entry. */
    TarStream(InputStream in) throws IOException {
        super(in);
        first = nextEntry();
    }

    /** Whether its first entry is the directory of this name, as in archives of ours; then all the others must be in it. */
    boolean isRootedAt(String directory) {
        return first.isIn(directory);
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
        while (passed == ready.length) {
            if (data > 0) {
                int read = in.read(buffer, offset, (int) Math.min(length, data));
                if (read < 0) {
                    throw cut();
                }
                data -= read;
                return read;
            }
            if (ended) {
                // What pads the last record; and a seal around the archive is checked at its end.
                in.transferTo(java.io.OutputStream.nullOutputStream());
                return -1;
            }
            TarEntryName name = nextEntry();
            if (!ended && first.root() != null && !name.isIn(first.root())) {
                throw new IOException("the archive holds " + name + " beside the directory " + first.root());
            }
        }
        int count = Math.min(length, ready.length - passed);
        System.arraycopy(ready, passed, buffer, offset, count);
        passed += count;
        return count;
    }

    /** Makes the next entry's headers ready, or the archive's end. */
    private TarEntryName nextEntry() throws IOException {
        var headers = new ByteArrayOutputStream();
        var extensions = new TarExtensions();
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw headers.size() == 0 && header.length == 0 && first == null
                        ? new IOException("the archive is empty")
                        : cut();
            }
            if (isZero(header)) {
                ended = true;
                ready(new byte[2 * BLOCK]);
                return TarEntryName.END;
            }
            requireHeader(header);
            byte type = header[TYPE];
            long size = extensions.size(number(header, SIZE, SIZE_LENGTH));
            switch (type) {
                case 'x', 'g', 'L', 'K' -> {
                    byte[] content = content(number(header, SIZE, SIZE_LENGTH), headers.size());
                    headers.write(header);
                    headers.write(content);
                    extensions.take(type, content);
                }
                case '3', '4' -> {
                    in.skipNBytes(padded(size));
                    headers.reset();
                    extensions = new TarExtensions();
                }
                case 'S' ->
                    throw new IOException(
                            "the archive holds a sparse file in GNU's own form; make it without --sparse");
                default -> {
                    headers.write(header);
                    ready(headers.toByteArray());
                    // Links and directories have no data, whatever size they tell.
                    data = type == '1' || type == '2' || type == '5' || type == '6' ? 0 : padded(size);
                    return extensions.name(header);
                }
            }
        }
    }

    private byte[] content(long size, int before) throws IOException {
        if (size < 0 || before + padded(size) > MAX_EXTENSIONS) {
            throw new IOException("the archive's entry has more than " + MAX_EXTENSIONS + " bytes of attributes");
        }
        byte[] content = in.readNBytes((int) padded(size));
        if (content.length < padded(size)) {
            throw cut();
        }
        return content;
    }

    private void ready(byte[] bytes) {
        ready = bytes;
        passed = 0;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private void requireHeader(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += inChecksum ? ' ' : header[i] & 0xff;
        }
        if (sum != number(header, CHECKSUM, CHECKSUM_LENGTH)) {
            boolean isGzip = (header[0] & 0xff) == 0x1f && (header[1] & 0xff) == 0x8b;
            throw new IOException(
                    isGzip ? "this is compressed by gzip; send the tar archive itself" : "this is no tar archive");
        }
    }

    /** Octal, or with the first bit set the bytes of the number; -1 for what is neither. */
    static long number(byte[] header, int from, int length) {
        if ((header[from] & 0x80) != 0) {
            long number = header[from] & 0x3f;
            for (int i = from + 1; i < from + length; i++) {
                if (number >> 55 != 0) {
                    return -1;
                }
                number = (number << 8) | (header[i] & 0xff);
            }
            return number;
        }
        var text = new String(Arrays.copyOfRange(header, from, from + length), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (text.isEmpty()) {
            return 0;
        }
        return text.matches("[0-7]{1,20}") ? Long.parseLong(text, 8) : -1;
    }

    private static IOException cut() {
        return new IOException("the archive was cut short");
    }

    /** What comes before an entry and changes it. */
    private static final class TarExtensions {
        private @Nullable String name;
        private long size = -1;

        void take(byte type, byte[] content) {
            switch (type) {
                case 'L' -> name = text(content, 0, content.length);
                case 'x' -> takeRecords(new String(content, StandardCharsets.UTF_8));
                default -> {
                    // A link's target and what holds for all entries change neither name nor size.
                }
            }
        }

        /** {@code "27 path=a/b\n"} each. */
        private void takeRecords(String records) {
            for (String line : List.of(records.split("\n", -1))) {
                int space = line.indexOf(' ');
                String record = space < 0 ? "" : line.substring(space + 1);
                if (record.startsWith("path=")) {
                    name = record.substring("path=".length());
                } else if (record.matches("size=\\d{1,18}")) {
                    size = Long.parseLong(record.substring("size=".length()));
                }
            }
        }

        long size(long told) throws IOException {
            long actual = size >= 0 ? size : told;
            if (actual < 0) {
                throw new IOException("the archive holds an entry of no size");
            }
            return actual;
        }

        TarEntryName name(byte[] header) {
            if (name != null) {
                return new TarEntryName(name);
            }
            boolean ustar = header[257] == 'u' && header[262] == 0;
            String prefix = ustar ? text(header, 345, 155) : "";
            String rest = text(header, 0, 100);
            return new TarEntryName(prefix.isEmpty() ? rest : prefix + "/" + rest);
        }

        private static String text(byte[] from, int offset, int length) {
            int end = offset;
            while (end < offset + length && from[end] != 0) {
                end++;
            }
            return new String(from, offset, end - offset, StandardCharsets.UTF_8);
        }
    }

    /** An entry's path. */
    private record TarEntryName(String path) {
        static final TarEntryName END = new TarEntryName("");

        boolean isIn(String directory) {
            return (path + "/").startsWith(directory + "/")
                    && !List.of(path.split("/", -1)).contains("..");
        }

        /** The directory that all must be in, null where it need not be one. */
        @Nullable
        String root() {
            return isIn(VolumeFiles.ROOT) ? VolumeFiles.ROOT : null;
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
