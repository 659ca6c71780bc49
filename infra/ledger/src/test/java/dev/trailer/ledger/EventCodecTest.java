package dev.trailer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What was once stored must be readable for ever: one file for each event and revision, never changed. With {@code
 * -Dgolden.write=true} files that are missing are written; those that are there never are.
 */
class EventCodecTest {
    private static final Path FILES = Path.of("src/test/resources/golden");

    private final EventCodec codec = new EventCodec(List.of());

    static Stream<DomainEvent> events() {
        return Samples.events().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_stored_as_its_golden_file_says_and_read_from_it(DomainEvent event) throws IOException {
        var encoded = codec.encode(event);
        var golden = golden(encoded.type() + "." + encoded.revision() + ".json", encoded.payload());
        assertThat(tree(encoded.payload())).isEqualTo(tree(golden));
        assertThat(codec.decode(encoded.type(), encoded.revision(), golden)).isEqualTo(event);
    }

    @Test
    void what_came_later_to_an_event_is_stored_and_read_too() throws IOException {
        for (var sample : Samples.later().entrySet()) {
            var encoded = codec.encode(sample.getValue());
            var golden = golden(sample.getKey() + ".json", encoded.payload());
            assertThat(tree(encoded.payload())).as(sample.getKey()).isEqualTo(tree(golden));
            assertThat(codec.decode(encoded.type(), encoded.revision(), golden)).isEqualTo(sample.getValue());
        }
    }

    @Test
    void what_was_added_to_an_event_later_is_stored_only_where_it_is_said() {
        var anew = new ImageEvent.BuildRequested(Samples.IMAGE, 1, Samples.IMAGE_REF, Samples.HOST_REF, true);
        var encoded = codec.encode(anew);
        assertThat(tree(encoded.payload()).get("noCache").asBoolean()).isTrue();
        assertThat(codec.decode(encoded.type(), encoded.revision(), encoded.payload()))
                .isEqualTo(anew);
    }

    @Test
    void every_event_that_can_be_stored_has_a_sample() {
        var sampled = Samples.events().stream().map(codec::typeOf).collect(Collectors.toSet());
        assertThat(sampled).isEqualTo(codec.types());
    }

    @Test
    void every_reason_that_is_stored_with_events_keeps_its_form() throws IOException {
        var mapper = EventCodec.mapper();
        assertThat(Samples.reasons().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Reason.Observed.class.getPermittedSubclasses());
        for (Reason.Observed reason : Samples.reasons()) {
            var json = mapper.writerFor(Reason.Observed.class).writeValueAsBytes(reason);
            var golden = golden("reason." + tree(json).get("code").asString() + ".json", json);
            assertThat(tree(json)).isEqualTo(tree(golden));
            assertThat(mapper.readValue(golden, Reason.Observed.class)).isEqualTo(reason);
        }
    }

    /** In none of the files above, since events were stored before there were such fields. */
    @Test
    void what_events_have_learned_to_say_of_gpus_keeps_its_form() throws IOException {
        keepsItsForm("capability.gpus.json", Samples.WITH_GPUS, Capability.class);
        keepsItsForm("observation.gpus.json", Samples.ON_GPUS, Observation.class);
    }

    private static <T> void keepsItsForm(String file, T value, Class<T> type) throws IOException {
        var json = EventCodec.mapper().writeValueAsBytes(value);
        var golden = golden(file, json);
        assertThat(tree(json)).isEqualTo(tree(golden));
        assertThat(EventCodec.mapper().readValue(golden, type)).isEqualTo(value);
    }

    @Test
    void an_event_of_a_newer_version_is_refused_by_name() {
        assertThatThrownBy(() -> codec.decode("workspace.created", 99, new byte[0]))
                .hasMessageContaining("workspace.created revision 99");
        assertThatThrownBy(() -> codec.decode("workspace.sublimated", 1, new byte[0]))
                .hasMessageContaining("newer");
    }

    private static byte[] golden(String name, byte[] current) throws IOException {
        var file = FILES.resolve(name);
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            Files.write(file, current);
        }
        try (InputStream stored = Files.newInputStream(file)) {
            return stored.readAllBytes();
        }
    }

    private static JsonNode tree(byte[] json) {
        return EventCodec.mapper().readTree(new String(json, StandardCharsets.UTF_8));
    }
}
