package dev.trailer.query.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.Things;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class StreamRequestTest {
    private static final String A = Things.workspace(1).value();
    private static final String B = Things.workspace(2).value();

    private static StreamRequest read(String query) {
        return StreamRequest.of(
                MockServerHttpRequest.get("/api/v1/stream" + query).build());
    }

    private static List<FieldError> errors(String query) {
        var refused = catchThrowableOfType(Refused.class, () -> read(query));
        return ((Reason.InvalidInput) refused.reason()).errors();
    }

    @Test
    void nothing_is_asked_by_default() {
        assertThat(read("")).isEqualTo(new StreamRequest(Topics.ALL, null));
    }

    @Test
    void topics_are_lists_and_may_be_repeated() {
        assertThat(read("?resource=" + A + "&resource=" + B + "&kind=workspace,volume&actor=auto-stop&type=host.lost")
                        .topics())
                .isEqualTo(new Topics(
                        Set.of(A, B), Set.of("workspace", "volume"), Set.of("host.lost"), Set.of("auto-stop")));
    }

    @Test
    void an_id_has_a_mark_or_is_a_position() {
        assertThat(read("?after=7").after()).isEqualTo(new StreamId(7, null));
        assertThat(read("?after=7-0123abcd").after()).isEqualTo(new StreamId(7, "0123abcd"));
    }

    @Test
    void the_header_wins_over_the_parameter() {
        var request = MockServerHttpRequest.get("/api/v1/stream?after=7")
                .header("Last-Event-ID", "9-0123abcd")
                .build();
        assertThat(StreamRequest.of(request).after()).isEqualTo(new StreamId(9, "0123abcd"));
    }

    @Test
    void what_is_no_id_of_ours_is_refused() {
        for (var id : List.of("", "soon", "-1", "99999999999999999999", "7-", "7-0123ABCD", "7-0123abcd0")) {
            assertThat(errors("?after=" + id)).as(id).singleElement().satisfies(error -> {
                assertThat(error.pointer()).isEqualTo("?after");
                assertThat(error.message()).contains("such as 4711-9f86d081");
            });
        }
        var request = MockServerHttpRequest.get("/api/v1/stream")
                .header("Last-Event-ID", "soon")
                .build();
        var refused = catchThrowableOfType(Refused.class, () -> StreamRequest.of(request));
        assertThat(((Reason.InvalidInput) refused.reason()).errors())
                .singleElement()
                .returns("Last-Event-ID:", FieldError::pointer);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_what_is_allowed() {
        var errors = errors("?resource=x&kind=dog&type=dog.barked&actor=%20&colour=red&after=1&after=2");
        assertThat(errors.stream().collect(Collectors.toMap(FieldError::pointer, FieldError::message)))
                .hasSize(6)
                .containsEntry("?resource", "a resource must be a UUID in lower case")
                .containsEntry("?kind", "must be one of [workspace, volume, image, host, secret]")
                .containsEntry("?after", "may be given once")
                .containsEntry("?colour", "is not a parameter here; known: after, resource, kind, type, actor")
                .hasEntrySatisfying("?type", message -> assertThat(message).contains("workspace.created"))
                .hasEntrySatisfying("?actor", message -> assertThat(message).contains("must be an id"));
    }

    @Test
    void an_empty_value_is_none() {
        assertThat(errors("?kind=")).hasSize(1);
        assertThat(errors("?kind=workspace,,volume")).hasSize(1);
    }

    @Test
    void values_are_bounded() {
        var many = IntStream.range(0, 101).mapToObj(i -> "policy-" + i).collect(Collectors.joining(","));
        assertThat(errors("?actor=" + many))
                .singleElement()
                .returns("may have at most 100 values", FieldError::message);
    }
}
