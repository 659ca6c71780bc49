package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.Paths;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Lets agents in, before anything of what they send is read. Looks in the table each time, off the event loop; fails
 * closed. Secrets are looked up by their hash, so timing tells nothing of use.
 */
final class AgentGate implements WebFilter, Ordered {
    static final String SESSION = AgentSession.class.getName();
    static final String HOST = EnrolledHost.class.getName();

    private static final int ORDER = -90;
    private static final String BEARER = "bearer ";
    private static final PathPattern AGENTS = PathPatternParser.defaultInstance.parse("/agent/**");
    private static final PathPattern ENROLMENT = PathPatternParser.defaultInstance.parse(Paths.ENROL);
    private static final PathPattern OPENING = PathPatternParser.defaultInstance.parse(Paths.SESSION);

    private final SessionStore sessions;
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("agent-gate-", 0).factory());

    AgentGate(SessionStore sessions) {
        this.sessions = sessions;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().pathWithinApplication();
        if (!AGENTS.matches(path) || ENROLMENT.matches(path)) {
            return chain.filter(exchange);
        }
        boolean opens = OPENING.matches(path);
        // A future, for a caller that goes away must not interrupt the look-up: that would break its connection.
        return Mono.fromFuture(() -> CompletableFuture.runAsync(() -> admit(exchange, opens), threads), true)
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private void admit(ServerWebExchange exchange, boolean opens) {
        var secret = bearer(exchange.getRequest());
        if (secret != null && opens) {
            var host = sessions.hostBySecret(secret);
            if (host.isPresent()) {
                exchange.getAttributes().put(HOST, new EnrolledHost(host.get()));
                return;
            }
        } else if (secret != null) {
            var session = sessions.byToken(secret);
            if (session.isPresent()) {
                exchange.getAttributes().put(SESSION, session.get());
                return;
            }
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        throw new Refused(new Reason.Unauthenticated());
    }

    private static @Nullable String bearer(ServerHttpRequest request) {
        var headers = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (headers.size() != 1 || !headers.getFirst().toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return null;
        }
        var secret = headers.getFirst().substring(BEARER.length()).strip();
        return secret.isEmpty() || secret.length() > Secret.MAX_LENGTH ? null : secret;
    }
}
