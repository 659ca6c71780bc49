package dev.trailer.agent.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real git over HTTP with basic auth, on the address at which containers reach this machine and nobody else does. */
final class GitServer implements AutoCloseable {
    private static final String BRIDGE = "docker0";

    private final HttpServer http;
    private final Path folder;
    private final String authorization;
    private final AtomicInteger clones = new AtomicInteger();

    private GitServer(Path folder, String user, String password) throws IOException {
        this.folder = folder;
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        http = HttpServer.create(new InetSocketAddress(bridge(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    /** With one repository, {@code api.git}, of two commits on {@code main} and one on {@code next}. */
    static GitServer start(Path folder, String user, String password) throws IOException {
        Assumptions.assumeTrue(bridge() != null, "no " + BRIDGE);
        var work = folder.resolve("work");
        Files.createDirectories(work);
        git(work, "init", "-q", "-b", "main");
        commit(work, "first");
        commit(work, "second");
        git(work, "switch", "-q", "-c", "next");
        commit(work, "third");
        git(work, "switch", "-q", "main");
        git(folder, "clone", "-q", "--bare", "work", "api.git");
        return new GitServer(folder, user, password);
    }

    private static void commit(Path work, String what) throws IOException {
        Files.writeString(work.resolve("README"), what + "\n");
        git(work, "add", "README");
        git(work, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", what);
    }

    private static void git(Path directory, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .inheritIO()
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static @Nullable InetAddress bridge() throws IOException {
        var bridge = NetworkInterface.getByName(BRIDGE);
        return bridge == null
                ? null
                : bridge.inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .findFirst()
                        .orElse(null);
    }

    String url(String repository) {
        return "http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort() + "/" + repository;
    }

    int clones() {
        return clones.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (exchange.getRequestMethod().equals("POST")) {
                clones.incrementAndGet();
            }
            answer(exchange, backend(exchange));
        }
    }

    private byte[] backend(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend");
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                exchange.getRequestURI().getQuery() == null
                        ? ""
                        : exchange.getRequestURI().getQuery());
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("REMOTE_USER", "someone");
        var headers = exchange.getRequestHeaders();
        putIfThere(environment, "CONTENT_TYPE", headers.getFirst("Content-Type"));
        putIfThere(environment, "HTTP_CONTENT_ENCODING", headers.getFirst("Content-Encoding"));
        putIfThere(environment, "GIT_PROTOCOL", headers.getFirst("Git-Protocol"));
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        return out.toByteArray();
    }

    private static void putIfThere(Map<String, String> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static void answer(HttpExchange exchange, byte[] cgi) throws IOException {
        var text = new String(cgi, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n")) {
            var parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
