package dev.trailer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,  localhost:8080",
        "https://dev.example.com, dev.example.com",
        "https://dev.example.com, dev.example.com:443",
        "http://dev.example.com,  dev.example.com",
        "https://DEV.example.com, dev.EXAMPLE.com",
        "http://[::1]:8080,       [::1]:8080",
    })
    void an_origin_of_the_same_host_and_port_is_our_own(String origin, String host) {
        assertThat(Origins.matches(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example,          dev.example.com",
        "https://dev.example.com.evil,  dev.example.com",
        "https://dev.example.com:8443,  dev.example.com",
        "http://localhost:3000,         localhost:8080",
        "http://localhost,              localhost:8080",
        "null,                          localhost:8080",
        "https://dev.example.com@evil,  dev.example.com",
        "not an origin,                 localhost:8080",
        "file://,                       localhost:8080",
    })
    void any_other_origin_is_not(String origin, String host) {
        assertThat(Origins.matches(origin, host)).isFalse();
    }

    @Test
    void what_the_browser_says_of_the_site_counts_where_it_says_so() {
        var own = MockServerHttpRequest.post("/x").header("Host", "inner:1").header("Origin", "https://outer");
        assertThat(Origins.isOwn(own.header("Sec-Fetch-Site", "same-origin").build()))
                .isTrue();
        var foreign = MockServerHttpRequest.post("/x").header("Host", "a").header("Origin", "https://a");
        assertThat(Origins.isOwn(foreign.header("Sec-Fetch-Site", "same-site").build()))
                .isFalse();
    }

    @Test
    void a_request_that_says_nothing_is_neither_our_own_nor_foreign() {
        var silent = MockServerHttpRequest.post("/x").header("Host", "a").build();
        assertThat(Origins.isOwn(silent)).isFalse();
        assertThat(Origins.isForeign(silent)).isFalse();
    }

    @Test
    void two_origins_are_none() {
        var request = MockServerHttpRequest.post("/x").header("Host", "a").header("Origin", "https://a", "https://a");
        assertThat(Origins.isOwn(request.build())).isFalse();
    }

    @Test
    void changes_and_sockets_are_unsafe_and_reads_are_not() {
        assertThat(Origins.isUnsafe(MockServerHttpRequest.get("/x").build())).isFalse();
        assertThat(Origins.isUnsafe(MockServerHttpRequest.delete("/x").build())).isTrue();
        assertThat(Origins.isUnsafe(MockServerHttpRequest.get("/x")
                        .header("Upgrade", "WebSocket")
                        .build()))
                .isTrue();
    }
}
