package dev.trailer.e2e.stream;

import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a server holds, right after a collection.
 *
 * @param heapBytes live
 * @param residentBytes of the whole process
 */
record Memory(long heapBytes, long residentBytes) {
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\",[^}]*} ([0-9.E]+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");

    static Memory of(ServerProcess server, Client client) {
        try {
            long pid = server.handle().pid();
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var collected = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .start();
            collected.getInputStream().readAllBytes();
            if (collected.waitFor() != 0) {
                throw new AssertionError("jcmd GC.run fails on " + pid);
            }
            var metrics = new String(client.get("/metrics").expect(200).body(), StandardCharsets.UTF_8);
            double heap = HEAP.matcher(metrics)
                    .results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .sum();
            var status = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            if (!status.find()) {
                throw new AssertionError("no resident size of " + pid);
            }
            return new Memory((long) heap, Long.parseLong(status.group(1)) * 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return (heapBytes >> 20) + " MiB live heap, " + (residentBytes >> 20) + " MiB resident";
    }
}
