package dev.trailer.query.feed;

import dev.trailer.api.ErrorList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a reader asks for.
 *
 * @param after behind which place to go on; null: begin at the present head
 */
record StreamRequest(Topics topics, @Nullable StreamId after) {
    static final String LAST_EVENT_ID = "Last-Event-ID";

    /** @throws dev.trailer.domain.reason.Refused naming everything that is wrong */
    static StreamRequest of(ServerHttpRequest request) {
        var errors = new ErrorList();
        var parameters = request.getQueryParams();
        parameters.forEach((name, values) -> {
            if (!name.equals("after") && !Topics.PARAMETERS.contains(name)) {
                errors.add(
                        "?" + name,
                        "unknown_parameter",
                        "is not a parameter here; known: after, " + String.join(", ", Topics.PARAMETERS));
            } else if (name.equals("after") && values.size() > 1) {
                errors.add("?after", "invalid", "may be given once");
            }
        });
        var header = request.getHeaders().getFirst(LAST_EVENT_ID);
        StreamId after = null;
        if (header != null) {
            after = errors.read(LAST_EVENT_ID + ":", header, StreamId::parse);
        } else if (parameters.containsKey("after")) {
            var text = parameters.getFirst("after");
            after = errors.read("?after", text == null ? "" : text, StreamId::parse);
        }
        var topics = Topics.of(parameters, errors);
        errors.throwIfAny();
        return new StreamRequest(topics, after);
    }
}
