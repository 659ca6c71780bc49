package dev.trailer.identity;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What a request brings to show who is asking. */
sealed interface Credential {
    /** A browser would drop it unless it came over TLS or from this very machine, for no other path and no domain. */
    String COOKIE = "__Host-trailer";

    String BEARER = "bearer ";

    record None() implements Credential {}

    /** Something that can never be right: another scheme, two of a kind. */
    record Unusable() implements Credential {}

    record Bearer(String token) implements Credential {}

    record Cookie(String token) implements Credential {}

    /** An {@code Authorization} header, right or wrong, is what counts: a cookie beside it is not looked at. */
    static Credential of(ServerHttpRequest request) {
        List<String> authorization = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (!authorization.isEmpty()) {
            return authorization.size() == 1 ? bearer(authorization.getFirst()) : new Unusable();
        }
        var cookies = request.getCookies().getOrDefault(COOKIE, List.of());
        if (cookies.isEmpty()) {
            return new None();
        }
        var token = cookies.getFirst().getValue();
        return cookies.size() == 1 && token.length() <= Token.MAX_LENGTH ? new Cookie(token) : new Unusable();
    }

    private static Credential bearer(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Unusable();
        }
        var token = header.substring(BEARER.length()).strip();
        return token.isEmpty() || token.length() > Token.MAX_LENGTH ? new Unusable() : new Bearer(token);
    }
}
