package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Every request passes here. Looks in the tables each time, off the event loop: what was revoked is refused at the very
 * next request. Fails closed.
 */
final class Gate implements WebFilter, Ordered {
    static final String PRINCIPAL = Principal.class.getName();
    static final String CALLER = Caller.class.getName();

    /** Before everything that acts; room before it for what traces or measures. */
    private static final int ORDER = -100;

    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gate-", 0).factory());

    Gate(Sessions sessions, ApiTokens tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return switch (Doors.of(exchange.getRequest())) {
            case OPEN -> chain.filter(exchange);
            case SIGN_IN ->
                Origins.isForeign(exchange.getRequest())
                        ? Mono.error(new Refused(new Reason.CrossSite()))
                        : chain.filter(exchange);
            case GUARDED ->
                // A future, for a caller that goes away must not interrupt the look-up: that would break its
                // connection.
                Mono.fromFuture(() -> admit(exchange), true).flatMap(caller -> {
                    exchange.getAttributes().put(PRINCIPAL, caller.principal());
                    exchange.getAttributes().put(CALLER, caller);
                    return chain.filter(exchange);
                });
        };
    }

    private CompletableFuture<Caller> admit(ServerWebExchange exchange) {
        return find(exchange.getRequest())
                .thenApply(found -> admit(exchange, found.orElseThrow(() -> challenge(exchange))));
    }

    private static Refused challenge(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return new Refused(new Reason.Unauthenticated());
    }

    private static Caller admit(ServerWebExchange exchange, Caller caller) {
        if (caller.session() != null
                && Origins.isUnsafe(exchange.getRequest())
                && !Origins.isOwn(exchange.getRequest())) {
            throw new Refused(new Reason.CrossSite());
        }
        return caller;
    }

    private CompletableFuture<Optional<Caller>> find(ServerHttpRequest request) {
        return switch (Credential.of(request)) {
            case Credential.None _, Credential.Unusable _ -> CompletableFuture.completedFuture(Optional.empty());
            case Credential.Bearer bearer ->
                tokens.find(bearer.token(), threads).thenApply(found -> found.map(who -> new Caller(who, null)));
            case Credential.Cookie cookie ->
                sessions.find(cookie.token(), threads)
                        .thenApply(found -> found.map(who -> new Caller(who, Token.hash(cookie.token()))));
        };
    }
}
