package dev.trailer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    static final List<Function<String, ?>> TYPES =
            List.of(AccountId::new, HostId::new, ImageId::new, VolumeId::new, WorkspaceId::new);

    @ParameterizedTest
    @FieldSource("TYPES")
    void any_uuid_in_lower_case_is_an_id_and_reads_as_itself(Function<String, ?> make) {
        var uuid = UUID.randomUUID().toString();
        assertThat(make.apply(uuid)).hasToString(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "api",
                "00000000-0000-4000-8000-00000000D001",
                "00000000-0000-4000-8000-00000000d00",
                "00000000-0000-4000-8000-00000000d0011",
                "000000000000400080000000000d0011",
                "{00000000-0000-4000-8000-00000000d001}",
                "00000000-0000-4000-8000-00000000d001\n",
                " 00000000-0000-4000-8000-00000000d001",
                "../00000-0000-4000-8000-00000000d001",
                "g0000000-0000-4000-8000-00000000d001",
                "0-0-4-8-d"
            })
    void anything_else_is_refused_without_repeating_it(String value) {
        for (var make : TYPES) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> make.apply(value))
                    .withMessageEndingWith("id must be a UUID in lower case");
        }
    }
}
