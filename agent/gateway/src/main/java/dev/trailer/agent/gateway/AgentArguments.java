package dev.trailer.agent.gateway;

import dev.trailer.api.ErrorList;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the handlers for agents take: who it is, as the gate found out, and the body, within its own bounds. */
final class AgentArguments implements HandlerMethodArgumentResolver {
    /** For a body to arrive whole. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type == AgentSession.class || type == EnrolledHost.class || type == AgentBody.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        if (parameter.getParameterType() == AgentBody.class) {
            return body(exchange);
        }
        Object who = exchange.getAttribute(parameter.getParameterType().getName());
        return who == null ? Mono.error(new Refused(new Reason.Unauthenticated())) : Mono.just(who);
    }

    private static Mono<Object> body(ServerWebExchange exchange) {
        boolean known = exchange.getAttributes().containsKey(AgentGate.SESSION);
        int max = known ? AgentBody.MAX_BYTES : AgentBody.MAX_BYTES_BEFORE_SESSION;
        return DataBufferUtils.join(exchange.getRequest().getBody(), max)
                .timeout(BODY_TIMEOUT)
                .<Object>map(AgentArguments::read)
                .defaultIfEmpty(new AgentBody(new byte[0]))
                .onErrorMap(DataBufferLimitException.class, _ -> new Refused(new Reason.BodyTooLarge(max)))
                .onErrorMap(
                        TimeoutException.class,
                        _ -> ErrorList.invalid("", "too_slow", "did not arrive within 30 seconds"));
    }

    private static AgentBody read(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return new AgentBody(bytes);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
