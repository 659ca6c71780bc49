package dev.trailer.domain.reason;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trailer.domain.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for every reason. */
class ExplanationsTest {
    static List<Reason> samples() {
        return ReasonSamples.all();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ExplanationsTest::leaves)
                : Stream.of(type);
    }

    @Test
    void there_is_a_sample_of_every_reason() {
        assertThat(samples().stream().<Class<?>>map(Object::getClass).collect(toSet()))
                .isEqualTo(leaves(Reason.class).collect(toSet()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_reason_is_a_code_a_title_and_a_sentence(Reason reason) {
        var words = Explanations.of(reason);
        assertThat(words.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(words.title()).matches("[A-Z][^.]*[^. ]");
        assertThat(words.message()).matches("(?s)[/A-Z0-9].+").doesNotContain("null", "Optional", "@", "  ", " .");
        assertThat(words.message()).satisfiesAnyOf(m -> assertThat(m).endsWith("."), m -> assertThat(reason)
                .as("only a field's own words end otherwise")
                .isInstanceOf(Reason.InvalidInput.class));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_remedy_is_an_operation_of_the_api_and_an_imperative(Reason reason) {
        var remedy = Explanations.of(reason).remedy();
        if (remedy != null) {
            assertThat(remedy.operation()).matches("(GET|POST|PATCH|DELETE) /api/v1/[a-z{}/=?-]+");
            assertThat(remedy.label()).matches("[A-Z].*[^.]");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fields_at_fault_have_a_pointer_a_code_and_what_is_allowed(Reason reason) {
        assertThat(Explanations.of(reason).errors()).allSatisfy(error -> {
            assertThat(error.pointer()).matches("(/[A-Za-z0-9~-]+)+|\\?[a-z]+|[A-Za-z-]+:");
            assertThat(error.code()).isNotBlank();
            assertThat(error.message()).isNotBlank();
        });
    }

    @Test
    void codes_and_titles_are_unique_to_a_kind_of_reason_and_the_same_for_all_of_it() {
        var codes = samples().stream()
                .collect(groupingBy(
                        r -> Explanations.of(r).code(),
                        mapping(r -> r.getClass().getSimpleName(), toSet())));
        assertThat(codes).allSatisfy((code, kinds) -> assertThat(kinds).as(code).hasSize(1));
        var codesOfAKind = samples().stream()
                .collect(groupingBy(
                        r -> r.getClass().getSimpleName(),
                        mapping(r -> Explanations.of(r).code(), toSet())));
        assertThat(codesOfAKind)
                .allSatisfy((kind, of) -> assertThat(of).as(kind).hasSize(1));
        var titles = samples().stream()
                .collect(groupingBy(
                        r -> r.getClass().getSimpleName(),
                        mapping(r -> Explanations.of(r).title(), toSet())));
        assertThat(titles).allSatisfy((kind, of) -> assertThat(of).as(kind).hasSize(1));
    }

    @Test
    void what_is_stored_is_named_by_the_code_that_is_shown() {
        assertThat(requireNonNull(Reason.Observed.class.getAnnotation(JsonTypeInfo.class))
                        .property())
                .isEqualTo("code");
        var stored = Arrays.stream(requireNonNull(Reason.Observed.class.getAnnotation(JsonSubTypes.class))
                        .value())
                .collect(Collectors.toMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));
        assertThat(ReasonSamples.observed())
                .allSatisfy(
                        reason -> assertThat(Explanations.of(reason).code()).isEqualTo(stored.get(reason.getClass())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "host", "workspace", "volume"})
    void a_name_in_use_is_said_in_english(String kind) {
        var article = kind.startsWith("i") ? "an " : "a ";
        assertThat(Explanations.of(new Reason.NameInUse(kind, "base")).message())
                .isEqualTo("There is already " + article + kind + " named base.");
    }

    @Test
    void what_a_sentence_is_about_is_in_it() {
        assertThat(message(new Reason.AwaitingAgent("attic"))).contains("attic");
        assertThat(message(new Reason.NoCapacity("attic", new Resources(1500, 1L << 30, 1))))
                .contains("attic", "1.5 CPUs", "1024 MiB", "1 GPU");
        assertThat(message(new Reason.NoCapacity(null, Resources.NONE))).startsWith("No host has room");
        assertThat(message(new Reason.ContainerExited(137, false))).contains("137");
        assertThat(message(new Reason.ContainerExited(137, true))).contains("out of memory");
        assertThat(message(new Reason.Stale(7, 8))).contains("7", "8");
        assertThat(message(new Reason.VolumeInUse("v1", "w1"))).contains("v1", "w1");
        assertThat(message(new Reason.MethodNotAllowed(List.of("GET", "POST")))).contains("GET, POST");
        assertThat(message(new Reason.Internal("i1"))).contains("i1");
    }

    @Test
    void an_invalid_request_says_the_first_thing_wrong_and_how_many_more() {
        var name = new FieldError("/name", "grammar", "must be a name");
        var whole = new FieldError("", "json", "is not JSON");
        assertThat(message(new Reason.InvalidInput(List.of(name)))).isEqualTo("/name: must be a name");
        assertThat(message(new Reason.InvalidInput(List.of(name, whole, whole))))
                .isEqualTo("/name: must be a name (and 2 more)");
        assertThat(message(new Reason.InvalidInput(List.of(whole)))).isEqualTo("is not JSON");
        assertThat(Explanations.of(new Reason.InvalidInput(List.of(name, whole)))
                        .errors())
                .containsExactly(name, whole);
    }

    @Test
    void a_refusal_carries_its_reason_and_its_sentence_but_no_stack_trace() {
        var refused = new Refused(new Reason.Stale(7, 8));
        assertThat(refused.reason()).isEqualTo(new Reason.Stale(7, 8));
        assertThat(refused).hasMessage(message(new Reason.Stale(7, 8)));
        assertThat(refused.getStackTrace()).isEmpty();
    }

    private static String message(Reason reason) {
        return Explanations.of(reason).message();
    }
}
