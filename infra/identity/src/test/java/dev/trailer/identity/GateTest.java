package dev.trailer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class GateTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Database database = new Database(new NoDatabase());
    private final Gate gate =
            new Gate(new Sessions(database, Clock.systemUTC()), new ApiTokens(database, Clock.systemUTC()));
    private final AtomicBoolean passed = new AtomicBoolean();

    @Test
    void without_a_database_nobody_is_let_in() {
        assertThat(refusal(MockServerHttpRequest.get("/api/v1/me").header("Authorization", "Bearer trl_a")))
                .isEqualTo(new Reason.LedgerUnavailable());
        assertThat(passed).isFalse();
    }

    @Test
    void without_a_credential_the_answer_is_401_with_a_challenge() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/v1/me"));
        assertThatThrownBy(() -> send(exchange)).isInstanceOf(Refused.class);
        assertThat(exchange.getResponse().getHeaders().getFirst("WWW-Authenticate"))
                .isEqualTo("Bearer");
        assertThat(passed).isFalse();
    }

    @Test
    void a_token_of_another_kind_is_not_even_looked_up() {
        assertThat(refusal(MockServerHttpRequest.get("/api/v1/me").header("Authorization", "Bearer trs_a")))
                .isEqualTo(new Reason.Unauthenticated());
    }

    @Test
    void signing_in_from_another_sites_page_is_refused() {
        var request = MockServerHttpRequest.post("/api/v1/session")
                .header("Host", "localhost:8080")
                .header("Origin", "https://evil.example");
        assertThat(refusal(request)).isEqualTo(new Reason.CrossSite());
    }

    @Test
    void the_web_client_is_open() {
        send(MockServerWebExchange.from(MockServerHttpRequest.get("/index.html")));
        assertThat(passed).isTrue();
    }

    private Reason refusal(MockServerHttpRequest.BaseBuilder<?> request) {
        try {
            send(MockServerWebExchange.from(request));
        } catch (Refused e) {
            return e.reason();
        }
        throw new AssertionError("was let in");
    }

    private void send(MockServerWebExchange exchange) {
        gate.filter(exchange, _ -> Mono.fromRunnable(() -> passed.set(true))).block(SOON);
    }
}
