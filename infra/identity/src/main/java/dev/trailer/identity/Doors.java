package dev.trailer.identity;

import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests need somebody. Matches as the handlers themselves are matched, so that no spelling of a path (escapes,
 * matrix parameters) means one thing here and another there. Pure; any thread.
 */
final class Doors {
    static final String SESSION_PATH = "/api/v1/session";

    private static final PathPattern SESSION = PathPatternParser.defaultInstance.parse(SESSION_PATH);

    /** Not our business: agents show credentials of their own. */
    private static final PathPattern AGENTS = PathPatternParser.defaultInstance.parse("/agent/**");

    private static final List<PathPattern> PROBES = parse("/livez", "/readyz");

    private static final List<PathPattern> GUARDED =
            parse("/api/**", "/openapi*/**", "/v3/**", "/metrics/**", "/actuator/**", "/auth/**");

    enum Door {
        OPEN,
        /** Open, but not to a page of another site: nobody is to be signed in to an account that is not theirs. */
        SIGN_IN,
        GUARDED
    }

    private Doors() {}

    static Door of(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        var method = request.getMethod();
        if (SESSION.matches(path) && method.equals(HttpMethod.POST)) {
            return Door.SIGN_IN;
        }
        if (AGENTS.matches(path) || any(PROBES, path)) {
            return Door.OPEN;
        }
        // The web client's files. Whatever else there may be one day is closed until it is listed here.
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return reads && !any(GUARDED, path) ? Door.OPEN : Door.GUARDED;
    }

    private static boolean any(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static List<PathPattern> parse(String... patterns) {
        return List.of(patterns).stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }
}
