package dev.trailer.agent.service.engine;

import dev.trailer.agent.protocol.PlainDockerfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A Dockerfile and the files beside it, as the tar archive that engines take. Equal input gives equal bytes. */
public final class BuildContext {
    /** Not {@code Dockerfile}: a file of that name may be among the context's own. */
    static final String DOCKERFILE = ".trailer.Dockerfile";

    private final String dockerfile;
    private final byte[] tar;

    /** @throws EngineException if it asks the engine for more than a container's work */
    public BuildContext(String dockerfile, Map<String, String> files) {
        PlainDockerfile.refusal(dockerfile).ifPresent(words -> {
            throw new EngineException("refused: the Dockerfile " + words);
        });
        this.dockerfile = dockerfile;
        var entries = new TreeMap<>(files);
        entries.put(DOCKERFILE, dockerfile);
        var bytes = new ByteArrayOutputStream();
        try (var out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, String> file : entries.entrySet()) {
                add(out, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tar = bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream out, String path, String text) throws IOException {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new EngineException("refused: context path " + path);
            }
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        // Files arrive as text without a mode; a script that names its interpreter is meant to be run.
        entry.setMode(text.startsWith("#!") ? 0100755 : 0100644);
        entry.setModTime(0);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    public String dockerfile() {
        return dockerfile;
    }

    byte[] tar() {
        return tar.clone();
    }
}
