package dev.trailer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is tested, and where what the tests keep goes. */
final class Checkout {
    static final Path ROOT = root();
    private static final Path KEPT = ROOT.resolve("infra/e2e/target");

    private Checkout() {}

    /** A folder below {@code infra/e2e/target}, made if missing. */
    static Path kept(String folder) {
        try {
            return Files.createDirectories(KEPT.resolve(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the first suite: what an earlier run has kept would be taken for this one's. */
    static void forgetKept() {
        for (String folder : List.of("screenshots", "failures", "logs")) {
            remove(KEPT.resolve(folder));
        }
    }

    /** With everything below; nothing happens where nothing is. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve("infra/up"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no infra/up here or above");
        }
        return folder;
    }
}
