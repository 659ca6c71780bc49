package dev.trailer.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells requests of our own pages from those that another site's page makes a browser send. Pure; any thread. */
final class Origins {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private Origins() {}

    /** Whether it could do harm if another site sent it: a change, or a socket, which browsers open to any site. */
    static boolean isUnsafe(ServerHttpRequest request) {
        return !SAFE.contains(request.getMethod())
                || request.getHeaders().getValuesAsList(HttpHeaders.UPGRADE).stream()
                        .anyMatch("websocket"::equalsIgnoreCase);
    }

    /**
     * Whether the browser vouches for it. What it says of the site counts where it says so: that holds behind proxies
     * which change {@code Host}. Older browsers send {@code Origin} only.
     */
    static boolean isOwn(ServerHttpRequest request) {
        var site = request.getHeaders().getOrEmpty(FETCH_SITE);
        if (!site.isEmpty()) {
            return site.equals(List.of("same-origin"));
        }
        var origins = request.getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
        return origins.size() == 1 && matches(origins.getFirst(), host(request));
    }

    /** Whether it says itself that it comes from elsewhere; programs say nothing. */
    static boolean isForeign(ServerHttpRequest request) {
        var headers = request.getHeaders();
        boolean speaks = headers.containsHeader(FETCH_SITE) || headers.containsHeader(HttpHeaders.ORIGIN);
        return speaks && !isOwn(request);
    }

    private static @Nullable String host(ServerHttpRequest request) {
        var hosts = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
        return hosts.size() == 1 ? hosts.getFirst() : null;
    }

    /** The scheme is left out: a proxy that ends TLS does not always say so. */
    static boolean matches(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            var from = new URI(origin);
            var to = new URI("any://" + host);
            if (from.getHost() == null
                    || to.getHost() == null
                    || !from.getHost().equalsIgnoreCase(to.getHost())) {
                return false;
            }
            int port = from.getPort() >= 0 ? from.getPort() : standardPort(from.getScheme());
            return to.getPort() >= 0 ? port == to.getPort() : port == 443 || port == 80;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int standardPort(@Nullable String scheme) {
        return switch (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> 443;
            case "http" -> 80;
            default -> -1;
        };
    }
}
