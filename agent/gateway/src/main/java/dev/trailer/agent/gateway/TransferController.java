package dev.trailer.agent.gateway;

import dev.trailer.agent.gateway.transfers.Transfers;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.Transfer;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where agents hear of transfers and carry them out. An agent reaches those of its own host only. */
@RestController
@RequestMapping(Paths.TRANSFERS)
@Hidden
final class TransferController {
    /** Below what proxies commonly cut, which is a minute. */
    private static final long MAX_WAIT_MILLIS = 50_000;

    private final Transfers transfers;
    private final SessionStore sessions;

    TransferController(Transfers transfers, SessionStore sessions) {
        this.transfers = transfers;
        this.sessions = sessions;
    }

    @GetMapping
    ResponseEntity<byte[]> orders(
            AgentSession session, @RequestParam(name = "waitMillis", defaultValue = "0") long waitMillis) {
        if (waitMillis < 0 || waitMillis > MAX_WAIT_MILLIS) {
            throw ErrorList.invalid("?waitMillis", "invalid", "must be 0 to " + MAX_WAIT_MILLIS);
        }
        List<Transfer.Order> orders = await(session, Duration.ofMillis(waitMillis));
        if (orders.isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(AgentJson.write(new Transfer.Orders(orders), Transfer.Orders.class));
    }

    private List<Transfer.Order> await(AgentSession session, Duration patience) {
        try {
            List<Transfer.Order> orders = transfers.await(session.host(), patience);
            requireCurrent(session, orders);
            return orders;
        } catch (InterruptedException e) {
            // The server is stopping; the agent asks again.
            Thread.currentThread().interrupt();
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    /** It may have been superseded while it waited, and the other one is to act. */
    private void requireCurrent(AgentSession session, List<Transfer.Order> orders) {
        try {
            sessions.requireCurrent(session);
        } catch (RuntimeException e) {
            transfers.untell(session.host(), orders);
            throw e;
        }
    }

    @PutMapping("/{id}")
    Mono<Void> send(AgentSession session, @PathVariable("id") String id, ServerWebExchange exchange) {
        return transfers.of(session.host(), id).sends(exchange.getRequest().getBody());
    }

    @GetMapping("/{id}")
    Mono<Void> receive(AgentSession session, @PathVariable("id") String id, ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.APPLICATION_OCTET_STREAM);
        return response.writeWith(transfers.of(session.host(), id).receives());
    }

    @PostMapping("/{id}/begin")
    ResponseEntity<Void> begin(AgentSession session, @PathVariable("id") String id) {
        transfers.of(session.host(), id).begins();
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/result")
    ResponseEntity<Void> result(AgentSession session, @PathVariable("id") String id, AgentBody body) {
        transfers.of(session.host(), id).ended(AgentJson.read(body, Transfer.Result.class));
        return ResponseEntity.noContent().build();
    }
}
