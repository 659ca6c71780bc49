package dev.trailer.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Subject;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.reason.GpuTrouble;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Visibility;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored names are forever: changing one of these lists other than by adding to it loses somebody's history. */
class StoredNamesTest {
    static List<Class<?>> events() {
        return Stream.of(WorkspaceEvent.class, VolumeEvent.class, ImageEvent.class, HostEvent.class, SecretEvent.class)
                .<Class<?>>flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .toList();
    }

    @Test
    void every_event_has_its_name_and_revision() {
        assertThat(events().stream()
                        .map(event ->
                                requireNonNull(event.getAnnotation(StoredAs.class), () -> event + " needs @StoredAs"))
                        .map(as -> as.value() + " " + as.revision()))
                .containsExactlyInAnyOrder(
                        "workspace.created 1",
                        "workspace.changed 1",
                        "workspace.start-requested 1",
                        "workspace.stop-requested 1",
                        "workspace.restart-requested 1",
                        "workspace.deleted 1",
                        "workspace.observed 1",
                        "workspace.removed 1",
                        "volume.created 1",
                        "volume.provided 1",
                        "volume.copy-requested 1",
                        "volume.copied 1",
                        "volume.restore-began 1",
                        "volume.restored 1",
                        "volume.attached 1",
                        "volume.detached 1",
                        "volume.deleted 1",
                        "volume.removed 1",
                        "image.defined 1",
                        "image.revised 1",
                        "image.build-requested 1",
                        "image.build-recorded 1",
                        "image.build-cancelled 1",
                        "image.version-gone 1",
                        "image.retired 1",
                        "host.registered 1",
                        "host.enrolled 1",
                        "host.capability-reported 1",
                        "host.lost 1",
                        "host.returned 1",
                        "host.cordoned 1",
                        "host.resumed 1",
                        "host.drained 1",
                        "host.token-rotated 1",
                        "host.abandoned 1",
                        "host.removed 1",
                        "secret.created 1",
                        "secret.renewed 1",
                        "secret.deleted 1");
    }

    @ParameterizedTest
    @ValueSource(classes = {Reason.Observed.class, BuildOutcome.class, ImageSource.class})
    void every_member_of_a_stored_family_has_its_own_name(Class<?> family) {
        var types = requireNonNull(family.getAnnotation(JsonSubTypes.class)).value();
        assertThat(types)
                .extracting(JsonSubTypes.Type::name)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(types)
                .<Class<?>>extracting(JsonSubTypes.Type::value)
                .containsExactlyInAnyOrder(family.getPermittedSubclasses());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Desired.class,
                Phase.class,
                StopCause.class,
                Visibility.class,
                Step.class,
                GpuTrouble.class,
                Actor.Kind.class,
                Subject.Kind.class
            })
    void every_stored_constant_has_its_own_name(Class<? extends Enum<?>> type) throws NoSuchFieldException {
        for (var constant : type.getEnumConstants()) {
            var named = type.getField(constant.name()).getAnnotation(JsonProperty.class);
            assertThat(requireNonNull(named, constant + " needs @JsonProperty").value())
                    .isEqualTo(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
