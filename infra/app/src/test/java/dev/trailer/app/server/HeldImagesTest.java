package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.HostImages.Held;
import dev.trailer.agent.protocol.HostImages.Standing;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is known of the images on hosts, and what is recorded of those that go. */
@ExtendWith(SharedServer.class)
class HeldImagesTest {
    private static final Instant GOES_AT = Instant.parse("2026-02-08T03:04:05Z");
    /** Seven days before, as the fake agent keeps them. */
    private static final String UNNEEDED_SINCE = "2026-02-01T03:04:05Z";

    private static int hosts;

    private final TestServer server;
    private final Api api;
    private final FakeAgent agent;
    private String image = "";

    HeldImagesTest(TestServer server) {
        this.server = server;
        this.api = server.api();
        agent = online();
    }

    private FakeAgent online() {
        return FakeAgent.online(server, "holder-" + ++hosts, FakeAgent.facts(1_000, 1L << 30, 0));
    }

    @BeforeEach
    void two_versions() {
        image = api.post("/api/v1/images", """
                        {"name":"held-%d","dockerfile":"FROM scratch"}""".formatted(hosts)).expect(201).id();
        api.patch("/api/v1/images/" + image, "{\"dockerfile\":\"FROM scratch\\nENV A=1\"}")
                .expect(200);
    }

    private Held held(int version, Standing standing) {
        return new Held(image, version, 1_000L * version, standing, standing == Standing.GOING ? GOES_AT : null);
    }

    private Reply shown() {
        return api.get("/api/v1/images/" + image).expect(200);
    }

    /** What was recorded of this image's versions that went, the first one first. */
    private List<JsonNode> gone() {
        var facts = api.get(
                        "/api/v1/events?type=image.version-gone&resource=" + image,
                        "Trailer-Position",
                        Long.toString(server.head()))
                .expect(200);
        return StreamSupport.stream(facts.json().path("items").spliterator(), false)
                .toList()
                .reversed();
    }

    @Test
    void what_a_host_has_is_shown_with_its_size_and_why_it_stays() {
        agent.holds(held(2, Standing.IN_USE), held(1, Standing.GOING));
        var shown = shown();
        assertThat(shown.number("/held/0/version")).isEqualTo(2);
        assertThat(shown.text("/held/0/hostId")).isEqualTo(agent.host());
        assertThat(shown.text("/held/0/standing")).isEqualTo("in-use");
        assertThat(shown.text("/held/0/goesAt")).isEmpty();
        assertThat(shown.number("/held/1/sizeBytes")).isEqualTo(1_000);
        assertThat(shown.text("/held/1/standing")).isEqualTo("going");
        assertThat(shown.text("/held/1/goesAt")).isEqualTo(GOES_AT.toString());
        var host = api.get("/api/v1/hosts/" + agent.host()).expect(200);
        assertThat(host.number("/images/keptVersions")).isEqualTo(3);
        assertThat(host.number("/images/keptSeconds")).isEqualTo(604_800);
        assertThat(host.number("/images/versions")).isEqualTo(2);
        assertThat(host.number("/images/sizeBytes")).isEqualTo(3_000);
    }

    @Test
    void one_that_has_gone_is_recorded_once_with_since_when_nothing_needed_it() {
        agent.holds(held(2, Standing.NEEDED), held(1, Standing.GOING));
        agent.holds(held(2, Standing.NEEDED));
        agent.holds(held(2, Standing.NEEDED));
        // Another process of the agent, which remembers nothing, nor does the server of it.
        agent.openSession();
        agent.holds(held(2, Standing.NEEDED));
        assertThat(gone()).singleElement().satisfies(fact -> {
            assertThat(fact.at("/data/version").asInt()).isEqualTo(1);
            assertThat(fact.at("/data/host").asString()).isEqualTo(agent.host());
            assertThat(fact.at("/data/sizeBytes").asLong()).isEqualTo(1_000);
            assertThat(fact.at("/data/unneededSince").asString()).isEqualTo(UNNEEDED_SINCE);
            assertThat(fact.at("/actor/kind").asString()).isEqualTo("agent");
        });
        assertThat(shown().json().path("held").size()).isEqualTo(1);
    }

    @Test
    void one_that_somebody_took_away_is_recorded_as_not_having_been_unneeded() {
        agent.holds(held(2, Standing.NEEDED), held(1, Standing.KEPT));
        agent.holds();
        assertThat(gone()).hasSize(2).allSatisfy(fact -> assertThat(
                        fact.at("/data/unneededSince").isNull())
                .isTrue());
    }

    @Test
    void one_that_was_built_again_may_go_again() {
        agent.holds(held(1, Standing.GOING));
        agent.holds();
        agent.holds(held(1, Standing.NEEDED));
        agent.holds(held(1, Standing.GOING));
        agent.holds();
        assertThat(gone()).hasSize(2);
    }

    @Test
    void an_agent_that_does_not_tell_says_nothing_about_what_is_there() {
        agent.holds(held(1, Standing.NEEDED));
        agent.beat();
        assertThat(gone()).isEmpty();
        assertThat(shown().json().path("held").size()).isEqualTo(1);
    }

    @Test
    void what_never_was_is_recorded_of_nobody_and_forgotten() {
        agent.holds(
                new Held(UUID.randomUUID().toString(), 1, 1, Standing.KEPT, null),
                new Held("no id \u0000", 1, 1, Standing.KEPT, null),
                new Held(image, -1, 1, Standing.KEPT, null),
                new Held(image, 1, 1, Standing.GOING, Instant.MAX),
                held(9, Standing.KEPT));
        long head = server.head();
        agent.holds();
        assertThat(server.head()).isEqualTo(head);
        assertThat(api.get("/api/v1/hosts/" + agent.host()).expect(200).number("/images/versions"))
                .isZero();
    }

    @Test
    void what_one_host_has_is_nothing_to_another() {
        agent.holds(held(1, Standing.NEEDED));
        var other = online();
        other.holds(held(1, Standing.KEPT));
        other.holds();
        assertThat(gone())
                .singleElement()
                .satisfies(fact -> assertThat(fact.at("/data/host").asString()).isEqualTo(other.host()));
        assertThat(shown().text("/held/0/hostId")).isEqualTo(agent.host());
    }

    @Test
    void a_removed_host_has_nothing_any_more() {
        agent.holds(held(1, Standing.KEPT));
        api.delete("/api/v1/hosts/" + agent.host()).expect(200);
        assertThat(shown().json().path("held").size()).isZero();
        assertThat(gone()).isEmpty();
    }
}
