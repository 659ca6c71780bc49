package dev.trailer.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignImagesTest {
    @ParameterizedTest
    @CsvSource({
        "postgres:18, docker.io",
        "team/api, docker.io",
        "registry.example/api, registry.example",
        "registry.example:5000/team/api:3, registry.example:5000",
        "localhost/api, localhost",
        "127.0.0.1:5000/api@sha256:aa, 127.0.0.1:5000"
    })
    void a_registry_is_read_as_engines_do(String reference, String registry) {
        assertThat(ForeignImages.registryOf(reference)).isEqualTo(registry);
    }

    @Test
    void stages_numbers_scratch_and_ours_are_not_foreign() {
        var found = ForeignImages.of("""
                FROM --platform=linux/amd64 r.example/a:1 AS Build
                RUN make
                FROM build as test
                FROM trailer/base
                COPY --from=build /x /x
                COPY --from=0 /y /y
                COPY --chown=1 --from=r.example/b:2 \\
                  /z /z
                COPY --from=trailer/base /w /w
                FROM scratch
                """);
        assertThat(found.references()).containsExactlyInAnyOrder("r.example/a:1", "r.example/b:2");
        assertThat(found.registry()).contains("r.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM trailer/base",
                "FROM scratch",
                "FROM r.example/a\nCOPY --from=s.example/b / /",
                "FROM r.example/a\nFROM postgres",
                "ARG R=r.example\nFROM ${R}/a",
                "FROM r.example/a:$TAG",
                "FROM r.example/a\nCOPY --from=$OTHER / /",
                "FROM"
            })
    void none_or_several_or_variables_have_no_one_registry(String dockerfile) {
        assertThat(ForeignImages.of(dockerfile).registry()).isEmpty();
    }
}
