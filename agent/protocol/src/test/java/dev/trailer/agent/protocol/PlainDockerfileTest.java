package dev.trailer.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDockerfileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM x\nRUN --mount=type=bind,source=/,target=/host ls /host",
                "FROM x\nRUN --security=insecure mount",
                "FROM x\nrun   --network=host curl localhost",
                "FROM x\nRUN --device=nvidia.com/gpu=all true",
                "FROM x\nRUN \\\n  --mount=type=ssh true",
                "FROM x\nRU\\\nN --mount=type=secret,id=a true",
                "FROM x\nRUN \\\n# not the end\n--mount=type=cache,target=/c true",
                "# escape=`\nFROM x\nRUN `\n--mount=type=cache,target=/c true",
                "FROM x\nONBUILD RUN --mount=type=cache,target=/c true",
                "FROM x\nONBUILD ONBUILD RUN --security=insecure true",
                "FROM x\nADD http://169.254.169.254/latest/meta-data /m",
                "FROM x\nADD [\"https://example.org/a\", \"/a\"]",
                "FROM x\nARG U=http://localhost:8080/\nADD $U /a",
                "FROM x\nADD ${U} /a",
                "FROM x\nADD git@github.com:a/b.git /a",
                "FROM x\nADD --chown=1000 https://example.org/a /a",
                "# syntax=docker/dockerfile:1-labs\nFROM x",
                "#syntax = registry/own\nFROM x",
                "FROM x\nLABEL dev.trailer.workspace=w",
                "FROM x\nLABEL a=b \"dev.trailer.host\"=\"h\"",
                "FROM x\nLABEL a=b \\\n  dev.trailer.install=i"
            })
    void what_the_engine_itself_would_do_is_refused(String text) {
        assertThat(PlainDockerfile.refusal(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM trailer/base\nUSER root\nRUN apt-get update && apt-get install -y --no-install-recommends gcc",
                "FROM scratch\nADD rootfs.tar /",
                "FROM x\nCOPY --from=y --chown=dev:dev /a /b\nVOLUME /data\nEXPOSE 80",
                "FROM x\nRUN curl -fsS https://example.org/a -o /a \\\n  && echo --mount",
                "# a comment about RUN --mount\nFROM x\nLABEL org.example.dev.trailers=1",
                "FROM x\nRUN echo \\\n  # between\n  yes",
                "FROM x\nCMD [\"sleep\", \"infinity\"]"
            })
    void what_a_development_image_does_is_not(String text) {
        assertThat(PlainDockerfile.refusal(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUILDKIT_SYNTAX", "buildkit_inline_cache", "DOCKER_HOST"})
    void what_the_engine_listens_to_is_no_argument(String name) {
        assertThat(PlainDockerfile.argumentRefusal(name)).isPresent();
        assertThat(PlainDockerfile.argumentRefusal("VERSION")).isEmpty();
    }
}
