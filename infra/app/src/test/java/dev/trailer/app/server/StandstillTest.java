package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A view that cannot go on is named, holds up no other, and goes on when it is mended. */
@ExtendWith(SharedServer.class)
class StandstillTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestServer server;

    StandstillTest(TestServer server) {
        this.server = server;
    }

    private String readyz() {
        return server.anonymous().get("/readyz").body();
    }

    /** The figure of a line of {@code /metrics}. */
    private double metric(String name) {
        return server.api()
                .get("/metrics")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + name));
    }

    @Test
    void a_view_without_its_table_is_named_while_the_others_go_on_and_catches_up_with_it() {
        server.awaitQuiet();
        server.sql().sql("alter table view_images rename to images_elsewhere").update();
        var image = server.api()
                .post("/api/v1/images", "{\"name\":\"standstill\",\"reference\":\"postgres:18\"}")
                .expect(201);
        await().atMost(SOON)
                .until(() -> server.anonymous().get("/readyz").status() == 503 && readyz().contains("view_images"));
        assertThat(readyz()).contains("follower images").doesNotContain("follower facts");
        var facts = server.api()
                .get("/api/v1/events?resource=" + image.id(), "Trailer-Position", image.position())
                .expect(200);
        assertThat(facts.body()).contains("image.defined");
        server.api()
                .get("/api/v1/images/" + image.id(), "Trailer-Position", image.position())
                .expect(503);
        assertThat(metric("trailer_follower_lag_seconds{follower=\"images\"}")).isPositive();
        assertThat(metric("trailer_follower_behind{follower=\"images\"}")).isPositive();
        assertThat(metric("trailer_follower_failures_total{follower=\"images\"}"))
                .isPositive();

        server.sql().sql("alter table images_elsewhere rename to view_images").update();
        await().atMost(SOON).until(() -> server.anonymous().get("/readyz").status() == 200);
        server.api()
                .get("/api/v1/images/" + image.id(), "Trailer-Position", image.position())
                .expect(200);
        server.awaitQuiet();
        assertThat(metric("trailer_follower_lag_seconds{follower=\"images\"}")).isZero();
        assertThat(metric("trailer_follower_lag_seconds{follower=\"facts\"}")).isZero();
        assertThat(metric("trailer_database_oldest_transaction_seconds")).isNotNegative();
    }
}
