package dev.trailer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code infra/up} on one data directory. */
record Up(Path data) {
    /** The first start may build everything. */
    private static final Duration BUILD_AND_START = Duration.ofMinutes(8);

    private static final Duration STOP = Duration.ofSeconds(60);

    static Up onNewData() {
        try {
            return new Up(Files.createTempDirectory("trailer-e2e-").resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> command(String... options) {
        var command = new ArrayList<>(List.of("./infra/up", "--data", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** Returns once it is ready and runs in the background, or has refused to start. */
    Program.Ended inBackground(String... options) {
        var command = command(options);
        command.add("--background");
        return Program.run(BUILD_AND_START, command);
    }

    /** The same with variables of the environment besides one's own. */
    Program.Ended inBackgroundWith(Map<String, String> environment, String... options) {
        var command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(command(options));
        command.add("--background");
        return Program.run(BUILD_AND_START, command);
    }

    Program.Ended stop() {
        return Program.run(STOP, command("--stop"));
    }

    /** The process that runs, or ran last. */
    long pid() {
        try {
            return Long.parseLong(
                    Files.readString(data.resolve("run/trailer.pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what it wrote in the background since its last start, if it did. */
    void keepLog(Path folder, String name) {
        var log = data.resolve("run/trailer.log");
        try {
            if (Files.exists(log)) {
                Files.copy(log, folder.resolve(name + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the data directory; nothing may run on it. */
    void forget() {
        Checkout.remove(data.getParent() == null ? data : data.getParent());
    }
}
