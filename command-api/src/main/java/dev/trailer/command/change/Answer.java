package dev.trailer.command.change;

import dev.trailer.api.JsonBody;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a change is answered with, in full, so that it can be kept and given again. */
public record Answer(int status, SortedMap<String, String> headers, byte[] body) {
    public Answer {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** For those who send commands without being asked by anybody. */
    public static final Answer NOTHING = new Answer(204, new TreeMap<>(), new byte[0]);

    public static Answer created(URI location, long generation, Object document) {
        var headers = new TreeMap<String, String>();
        headers.put("Location", location.toString());
        headers.put("ETag", etag(generation));
        return json(201, headers, document);
    }

    public static Answer accepted(long generation, Object document) {
        return json(202, new TreeMap<>(Map.of("ETag", etag(generation))), document);
    }

    public static Answer ok(long generation, Object document) {
        return json(200, new TreeMap<>(Map.of("ETag", etag(generation))), document);
    }

    private static Answer json(int status, SortedMap<String, String> headers, Object document) {
        headers.put("Content-Type", "application/json");
        return new Answer(status, headers, JsonBody.write(document));
    }

    private static String etag(long generation) {
        return "\"" + generation + "\"";
    }
}
