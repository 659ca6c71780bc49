package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.service.engine.Subnet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {
    private static final Subnet POOL = Subnet.parse("10.213.0.0/24").orElseThrow();

    @Test
    void subnets_in_use_are_skipped_also_larger_and_smaller_ones() {
        var taken = List.of(
                Subnet.parse("10.213.0.0/27").orElseThrow(),
                Subnet.parse("10.213.0.33/32").orElseThrow(),
                Subnet.parse("172.17.0.0/16").orElseThrow());
        assertThat(Networks.firstFree(POOL, taken))
                .contains(Subnet.parse("10.213.0.48/28").orElseThrow());
    }

    @Test
    void a_pool_ends() {
        var taken = new ArrayList<Subnet>();
        for (int i = 0; i < 16; i++) {
            taken.add(Networks.firstFree(POOL, taken).orElseThrow());
        }
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(Networks.firstFree(POOL, taken)).isEmpty();
    }
}
