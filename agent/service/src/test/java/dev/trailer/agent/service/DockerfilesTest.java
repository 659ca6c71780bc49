package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfilesTest {
    private static final ImageRef BASE = new ImageRef("i", "base", 4);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FROM trailer/base                             | FROM trailer/base:4
            from trailer/base:latest                      | from trailer/base:4
            FROM trailer/base:2 AS build                  | FROM trailer/base:4 AS build
            FROM --platform=linux/amd64 trailer/base      | FROM --platform=linux/amd64 trailer/base:4
            FROM trailer/base2                            | FROM trailer/base2
            FROM trailer/other:1                          | FROM trailer/other:1
            FROM debian                                   | FROM debian
            COPY --from=trailer/base:1 /a /b              | COPY --from=trailer/base:4 /a /b
            RUN echo FROM trailer/base                    | RUN echo FROM trailer/base
            """)
    void from_means_exactly_the_base(String line, String expected) {
        assertThat(Dockerfiles.onExactly(BASE, line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource("FROM trailer/base")
    void without_a_base_nothing_is_changed(String line) {
        assertThat(Dockerfiles.onExactly(null, line)).isEqualTo(line);
    }
}
