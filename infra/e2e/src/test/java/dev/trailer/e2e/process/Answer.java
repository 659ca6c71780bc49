package dev.trailer.e2e.process;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back for a request.
 *
 * @param status 0 if nothing did: then {@code body} says why
 * @param took from asking to knowing
 */
public record Answer(String request, int status, HttpHeaders headers, byte[] body, Duration took) {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer none(String request, Throwable why, Duration took) {
        return new Answer(
                request,
                0,
                HttpHeaders.of(Map.of(), (_, _) -> true),
                why.toString().getBytes(StandardCharsets.UTF_8),
                took);
    }

    /** Whether the server said anything at all. */
    public boolean answered() {
        return status != 0;
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The text at a JSON pointer; empty if there is none, or no JSON. */
    public String text(String pointer) {
        return isJson() ? json().at(pointer).asString("") : "";
    }

    public long number(String pointer) {
        return json().at(pointer).asLong();
    }

    private boolean isJson() {
        return contentType().contains("json") && body.length > 0;
    }

    private String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    /** Whether it is an error as all errors should be: problem JSON with a code. */
    public boolean isProblem(String code) {
        return contentType().startsWith("application/problem+json")
                && text("/code").equals(code);
    }

    /** The last position that this change has written. */
    public OptionalLong position() {
        return headers.firstValueAsLong("Trailer-Position");
    }

    /** @throws AssertionError with all that was answered, if it is another status */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + ": " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        var text = new String(body, StandardCharsets.UTF_8);
        return request + " -> " + status + " after " + took.toMillis() + " ms: "
                + text.substring(0, Math.min(600, text.length()));
    }
}
