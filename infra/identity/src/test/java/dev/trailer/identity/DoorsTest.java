package dev.trailer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.identity.Doors.Door;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class DoorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/me",
                "/api/v1/session",
                "/api",
                "/api/v1/workspaces/x",
                "/%61pi/v1/me",
                "/api;a=b/v1/me",
                "/api/v1/me/",
                "/openapi.json",
                "/openapi.json.yaml",
                "/metrics",
                "/actuator/env",
                "/v3/api-docs",
            })
    void reading_these_needs_somebody(String path) {
        assertThat(door(HttpMethod.GET, path)).isEqualTo(Door.GUARDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/assets/app.js", "/workspaces/x", "/livez", "/readyz", "/agent/v1/enrol"})
    void reading_these_needs_nobody(String path) {
        assertThat(door(HttpMethod.GET, path)).isEqualTo(Door.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/anything", "/api/v1/workspaces"})
    void changing_anything_needs_somebody(String path) {
        assertThat(door(HttpMethod.POST, path)).isEqualTo(Door.GUARDED);
        assertThat(door(HttpMethod.DELETE, path)).isEqualTo(Door.GUARDED);
    }

    @Test
    void only_the_post_that_signs_in_is_open_to_strangers() {
        assertThat(door(HttpMethod.POST, "/api/v1/session")).isEqualTo(Door.SIGN_IN);
        assertThat(door(HttpMethod.DELETE, "/api/v1/session")).isEqualTo(Door.GUARDED);
        assertThat(door(HttpMethod.POST, "/api/v1/session/x")).isEqualTo(Door.GUARDED);
    }

    private static Door door(HttpMethod method, String path) {
        return Doors.of(MockServerHttpRequest.method(method, URI.create(path)).build());
    }
}
