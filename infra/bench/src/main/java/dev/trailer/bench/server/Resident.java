package dev.trailer.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that is a process's own or shared with others, in use now. */
final class Resident {
    private Resident() {}

    static long bytes(ProcessHandle process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("/proc says nothing of the memory of process " + process.pid());
    }
}
