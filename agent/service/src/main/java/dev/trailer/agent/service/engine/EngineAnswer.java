package dev.trailer.agent.service.engine;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an engine answers: status and headers at once, the body as it comes. Closing it ends the connection. */
final class EngineAnswer implements Response {
    /** An engine's own are a few hundred bytes; what is longer is no engine. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private static final int SWITCHING = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final EngineLink link;
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private EngineAnswer(EngineLink link, int status, Map<String, List<String>> headers, InputStream body) {
        this.link = link;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static EngineAnswer read(EngineLink link, InputStream in, Request request) throws IOException {
        var left = new int[] {MAX_HEAD_BYTES};
        var first = line(in, left).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("what answers there does not speak HTTP");
        }
        int status = Integer.parseInt(first[1]);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        // docker-java takes a connection that was taken over for a failure, unless it is told that all went well.
        return new EngineAnswer(link, status == SWITCHING ? OK : status, headers, body(in, status, headers, request));
    }

    private static InputStream body(InputStream in, int status, Map<String, List<String>> headers, Request request)
            throws IOException {
        if (status == SWITCHING) {
            return in;
        }
        if (status == NO_CONTENT || status == NOT_MODIFIED || request.method().equals("HEAD")) {
            return InputStream.nullInputStream();
        }
        if (first(headers, "Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return new ChunkedBody(in);
        }
        var length = first(headers, "Content-Length");
        try {
            // Without a length it ends with the connection.
            return length.isEmpty() ? in : new FixedBody(in, Long.parseLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("a length that is no number", e);
        }
    }

    private static String first(Map<String, List<String>> headers, String name) {
        var values = headers.get(name);
        return values == null ? "" : values.getFirst();
    }

    /** Without its end; {@code left} counts down how long the whole head may be. */
    static String line(InputStream in, int[] left) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the engine hung up");
            }
            if (left[0]-- <= 0) {
                throw new IOException("what answers there does not speak HTTP");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    @Override
    public void close() {
        link.close();
    }
}
