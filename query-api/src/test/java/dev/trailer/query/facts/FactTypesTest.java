package dev.trailer.query.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactTypesTest {
    @Test
    void every_stored_name_can_be_searched_for() {
        assertThat(FactTypes.ALL)
                .contains("workspace.created", "volume.deleted", "image.build-recorded", "host.lost")
                .doesNotHaveDuplicates();
    }
}
