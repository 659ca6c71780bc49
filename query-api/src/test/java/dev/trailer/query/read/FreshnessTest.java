package dev.trailer.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.reason.Refused;
import dev.trailer.query.port.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class FreshnessTest {
    /** A view that stands at 10. */
    private static final Freshness FRESHNESS = new Freshness(new Progress() {
        @Override
        public long position(String view) {
            return 10;
        }

        @Override
        public boolean await(String view, long position, Duration patience) {
            assertThat(patience).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            return position <= 10;
        }
    });

    private static MockServerWebExchange exchange(String... positions) {
        return MockServerWebExchange.from(MockServerHttpRequest.get("/x").header("Trailer-Position", positions));
    }

    private static boolean behind(MockServerWebExchange exchange) {
        return exchange.getResponse().getHeaders().containsHeader("Trailer-Behind");
    }

    @Test
    void a_view_that_has_passed_the_readers_own_writes_is_not_behind() {
        var exchange = exchange("10");
        FRESHNESS.settle(exchange, "workspaces");
        assertThat(behind(exchange)).isFalse();
    }

    @Test
    void a_view_that_has_not_says_so() {
        var exchange = exchange("11");
        FRESHNESS.settle(exchange, "workspaces");
        assertThat(exchange.getResponse().getHeaders().getFirst("Trailer-Behind"))
                .isEqualTo("true");
    }

    @Test
    void without_the_header_nothing_is_waited_for() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/x"));
        FRESHNESS.settle(exchange, "workspaces");
        assertThat(behind(exchange)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1.5", "9999999999999999999"})
    void a_malformed_position_is_refused(String position) {
        assertThatThrownBy(() -> FRESHNESS.settle(exchange(position), "workspaces"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Trailer-Position:");
    }
}
