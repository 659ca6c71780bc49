package dev.trailer.agent.service.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarStreamTest {
    private static final String LONG = "volume/" + "long-".repeat(40) + "ü";

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] tar(int longFiles, Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longFiles);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            content.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] data) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private static void special(TarArchiveOutputStream tar, String name, byte type) throws IOException {
        var entry = new TarArchiveEntry(name, type);
        entry.setLinkName("volume/a");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static List<String> names(byte[] archive) throws IOException {
        var names = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static byte[] passed(byte[] archive) throws IOException {
        return new TarStream(new ByteArrayInputStream(archive)).readAllBytes();
    }

    private static byte[] ours(int longFiles) throws IOException {
        return tar(longFiles, tar -> {
            special(tar, "volume/", TarConstants.LF_DIR);
            file(tar, "volume/a", new byte[700]);
            special(tar, "volume/link", TarConstants.LF_SYMLINK);
            special(tar, "volume/hard", TarConstants.LF_LINK);
            file(tar, LONG, new byte[3]);
            file(tar, "volume/empty", new byte[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
    void an_archive_passes_as_it_is_whatever_pieces_it_comes_in(int longFiles) throws IOException {
        var archive = ours(longFiles);
        assertThat(names(passed(archive))).isEqualTo(names(archive)).contains(LONG);
        var random = new Random(1);
        InputStream dribbling = new FilterInputStream(new ByteArrayInputStream(archive)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(600)));
            }
        };
        assertThat(new TarStream(dribbling).readAllBytes()).isEqualTo(passed(archive));
    }

    @Test
    void it_says_whether_it_is_one_of_ours() throws IOException {
        assertThat(new TarStream(new ByteArrayInputStream(ours(TarArchiveOutputStream.LONGFILE_POSIX)))
                        .isRootedAt("volume"))
                .isTrue();
        var other = tar(TarArchiveOutputStream.LONGFILE_POSIX, tar -> file(tar, "./a", new byte[1]));
        assertThat(new TarStream(new ByteArrayInputStream(other)).isRootedAt("volume"))
                .isFalse();
        assertThat(names(passed(other))).containsExactly("./a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/passwd", "volume2/a", "volume/../../etc/passwd"})
    void one_of_ours_holds_nothing_beside_its_directory(String name) throws IOException {
        var archive = tar(TarArchiveOutputStream.LONGFILE_POSIX, tar -> {
            special(tar, "volume/", TarConstants.LF_DIR);
            file(tar, name, new byte[1]);
        });
        assertThatThrownBy(() -> passed(archive)).hasMessageContaining("beside the directory volume");
    }

    @Test
    void device_nodes_are_left_out() throws IOException {
        var archive = tar(TarArchiveOutputStream.LONGFILE_POSIX, tar -> {
            special(tar, "volume/", TarConstants.LF_DIR);
            special(tar, LONG, TarConstants.LF_BLK);
            special(tar, "volume/null", TarConstants.LF_CHR);
            file(tar, "volume/a", new byte[5]);
        });
        assertThat(names(passed(archive))).containsExactly("volume/", "volume/a");
    }

    @Test
    void what_was_cut_anywhere_is_told() throws IOException {
        var archive = ours(TarArchiveOutputStream.LONGFILE_POSIX);
        int end = archive.length;
        while (archive[end - 1] == 0) {
            end--;
        }
        for (int length = 1; length < end; length += 97) {
            var cut = Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> passed(cut)).as("cut at %d", length).hasMessageContaining("cut short");
        }
    }

    @Test
    void what_is_no_archive_is_told_before_anything_is_passed() {
        assertThatThrownBy(() -> new TarStream(new ByteArrayInputStream(new byte[0])))
                .hasMessageContaining("empty");
        var gzip = new byte[1_024];
        gzip[0] = 0x1f;
        gzip[1] = (byte) 0x8b;
        assertThatThrownBy(() -> new TarStream(new ByteArrayInputStream(gzip))).hasMessageContaining("gzip");
        var noise = new byte[1_024];
        new Random(7).nextBytes(noise);
        assertThatThrownBy(() -> new TarStream(new ByteArrayInputStream(noise))).hasMessageContaining("no tar archive");
    }

    @Test
    void an_archive_of_nothing_is_one() throws IOException {
        assertThat(passed(new byte[1_024])).hasSize(1_024);
    }
}
