package dev.trailer.app.testing;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered. */
public record Reply(String request, int status, HttpHeaders headers, byte[] bytes) {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    static Reply of(String request, HttpResponse<byte[]> response) {
        return new Reply(request, response.statusCode(), response.headers(), response.body());
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(bytes);
    }

    /** The text at a JSON pointer; empty if there is none. */
    public String text(String pointer) {
        var node = json().at(pointer);
        return node.isString() ? node.asString() : node.isMissingNode() || node.isNull() ? "" : node.toString();
    }

    public long number(String pointer) {
        return json().at(pointer).asLong();
    }

    public String id() {
        return text("/id");
    }

    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** The position that this answer's change has. */
    public String position() {
        return headers.firstValue("Trailer-Position").orElseThrow(() -> new AssertionError("no position in " + this));
    }

    /** @throws AssertionError with all that was answered, if it is another status */
    public Reply expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + ": " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        var text = body();
        return request + " -> " + status + " " + text.substring(0, Math.min(600, text.length()));
    }
}
