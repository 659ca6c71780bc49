package dev.trailer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class CredentialTest {
    private static final HttpCookie COOKIE = new HttpCookie("__Host-trailer", "trs_a");

    @Test
    void nothing_is_no_credential() {
        var request = MockServerHttpRequest.get("/").cookie(new HttpCookie("trailer", "trs_a"));
        assertThat(Credential.of(request.build())).isEqualTo(new Credential.None());
    }

    @Test
    void a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        var request = MockServerHttpRequest.get("/").header("Authorization", "bEARER  trl_a ");
        assertThat(Credential.of(request.build())).isEqualTo(new Credential.Bearer("trl_a"));
    }

    @Test
    void a_cookie_is_read() {
        assertThat(Credential.of(MockServerHttpRequest.get("/").cookie(COOKIE).build()))
                .isEqualTo(new Credential.Cookie("trs_a"));
    }

    @Test
    void beside_an_authorization_header_the_cookie_does_not_count() {
        var request = MockServerHttpRequest.get("/").cookie(COOKIE);
        assertThat(Credential.of(
                        request.header("Authorization", "Bearer trl_wrong").build()))
                .isEqualTo(new Credential.Bearer("trl_wrong"));
        var basic = MockServerHttpRequest.get("/").cookie(COOKIE).header("Authorization", "Basic YTpi");
        assertThat(Credential.of(basic.build())).isEqualTo(new Credential.Unusable());
    }

    @Test
    void two_of_a_kind_are_unusable() {
        var cookies = MockServerHttpRequest.get("/").cookie(COOKIE, new HttpCookie("__Host-trailer", "trs_b"));
        assertThat(Credential.of(cookies.build())).isEqualTo(new Credential.Unusable());
        var headers = MockServerHttpRequest.get("/").header("Authorization", "Bearer a", "Bearer b");
        assertThat(Credential.of(headers.build())).isEqualTo(new Credential.Unusable());
    }

    @Test
    void what_is_far_too_long_is_unusable() {
        var request = MockServerHttpRequest.get("/").header("Authorization", "Bearer " + "a".repeat(10_000));
        assertThat(Credential.of(request.build())).isEqualTo(new Credential.Unusable());
    }
}
