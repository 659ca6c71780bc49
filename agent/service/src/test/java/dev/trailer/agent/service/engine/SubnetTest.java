package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubnetTest {
    private static Subnet subnet(String cidr) {
        return Subnet.parse(cidr).orElseThrow();
    }

    @Test
    void it_reads_and_writes_cidr() {
        assertThat(subnet("10.213.0.16/28")).hasToString("10.213.0.16/28");
        assertThat(subnet("10.213.0.17/28")).hasToString("10.213.0.16/28");
        assertThat(subnet("255.255.255.255/32").size()).isEqualTo(1);
        assertThat(Subnet.parse("fd00::/8")).isEmpty();
        assertThat(Subnet.parse("null")).isEmpty();
    }

    @Test
    void overlap_is_seen_from_both_sides() {
        assertThat(subnet("10.0.0.0/8").overlaps(subnet("10.213.0.0/28"))).isTrue();
        assertThat(subnet("10.213.0.0/28").overlaps(subnet("10.0.0.0/8"))).isTrue();
        assertThat(subnet("10.213.0.0/28").overlaps(subnet("10.213.0.16/28"))).isFalse();
        assertThat(subnet("0.0.0.0/0").overlaps(subnet("255.0.0.0/8"))).isTrue();
    }
}
