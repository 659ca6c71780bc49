package dev.trailer.app.web;

import dev.trailer.api.ErrorList;
import dev.trailer.api.JsonBody;
import dev.trailer.api.Problem;
import dev.trailer.api.ProblemStatus;
import dev.trailer.domain.reason.Explanations;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.ledger.LedgerReadFailed;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Turns whatever went wrong into a problem document. The only place that writes errors. */
@Order(-2)
final class ProblemHandler implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final long MAX_BODY_BYTES = 1 << 20;

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            // The answer has begun, so the client can only be told by ending it. Its leaving is no news.
            log.debug("{} broke off", exchange.getRequest().getPath(), error);
            return Mono.error(error);
        }
        var reason = reasonOf(error, exchange);
        int status = ProblemStatus.of(reason);
        response.setStatusCode(HttpStatusCode.valueOf(status));
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (reason instanceof Reason.Unauthenticated) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (reason instanceof Reason.MethodNotAllowed(var allowed)) {
            headers.set(HttpHeaders.ALLOW, String.join(", ", allowed));
        }
        if (reason instanceof Reason.LedgerUnavailable || reason instanceof Reason.Contended) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        var body = JsonBody.write(Problem.of(Explanations.of(reason), status));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Reason.Refusal reasonOf(Throwable error, ServerWebExchange exchange) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Refused refused
                when refused.reason() instanceof Reason.Refusal refusal -> {
                    return refusal;
                }
                case DataBufferLimitException _ -> {
                    return new Reason.BodyTooLarge(MAX_BODY_BYTES);
                }
                case LedgerReadFailed _,
                        CannotGetJdbcConnectionException _,
                        CannotCreateTransactionException _,
                        DataAccessResourceFailureException _ -> {
                    log.warn("The database does not answer: {}", cause.getMessage());
                    return new Reason.LedgerUnavailable();
                }
                default -> {
                    // looks further down
                }
            }
        }
        if (error instanceof ResponseStatusException status) {
            return reasonOf(status);
        }
        var incident = UUID.randomUUID().toString();
        log.error(
                "Incident {}: {} {}",
                incident,
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath(),
                error);
        return new Reason.Internal(incident);
    }

    private static Reason.Refusal reasonOf(ResponseStatusException error) {
        return switch (error) {
            case MethodNotAllowedException e ->
                new Reason.MethodNotAllowed(e.getSupportedMethods().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList());
            case UnsupportedMediaTypeStatusException e ->
                new Reason.UnsupportedMediaType(e.getSupportedMediaTypes().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" or ")));
            case NotAcceptableStatusException _ -> new Reason.NotAcceptable();
            case ServerWebInputException e ->
                (Reason.Refusal) ErrorList.invalid("", "invalid", String.valueOf(e.getReason()))
                        .reason();
            default ->
                switch (error.getStatusCode().value()) {
                    case 404 -> new Reason.NoSuchPath();
                    case 413 -> new Reason.BodyTooLarge(MAX_BODY_BYTES);
                    default -> new Reason.InvalidInput(List.of());
                };
        };
    }
}
