package dev.trailer.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.api.AttemptView;
import dev.trailer.api.People;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.desired.DesiredStates;
import dev.trailer.query.history.FakeTrail;
import dev.trailer.query.port.AgentPresence;
import dev.trailer.query.port.Allotments;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.port.AuditTrail;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.GpuHistory;
import dev.trailer.query.port.Growth;
import dev.trailer.query.port.HeldImages;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.port.Progress;
import dev.trailer.query.port.SecretUses;
import dev.trailer.query.port.Timeline;
import dev.trailer.query.port.VolumeSizes;
import dev.trailer.query.view.View;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room as a whole, given its ports: without a database, which nothing here needs. */
class QueryConfigurationTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(QueryConfiguration.class)
    static class App {
        @Bean
        DataSource database() {
            return new SimpleDriverDataSource();
        }

        @Bean
        People people() {
            return _ -> "ada";
        }

        @Bean
        AttemptNotes notes() {
            return _ -> Map.of();
        }

        @Bean
        AttemptHistory attempts() {
            return new AttemptHistory() {
                @Override
                public List<AttemptView> newest(
                        String workspace,
                        String host,
                        Collection<String> images,
                        Instant since,
                        @Nullable String after,
                        int limit) {
                    return List.of();
                }

                @Override
                public Optional<AttemptView> one(
                        String attempt, String workspace, String host, Collection<String> images) {
                    return Optional.empty();
                }

                @Override
                public List<AttemptView> between(
                        String host, Collection<String> images, Instant from, Instant to, int limit) {
                    return List.of();
                }

                @Override
                public List<Lines> output(String attempt, long afterLine, int limit) {
                    return List.of();
                }
            };
        }

        @Bean
        Allotments allotments() {
            return Map::of;
        }

        @Bean
        AgentPresence agents() {
            return _ -> Map.of();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        SecretUses secretUses() {
            return _ -> Map.of();
        }

        @Bean
        MetricHistory metrics() {
            return (_, _, _, _) -> List.of();
        }

        @Bean
        GpuHistory gpuMetrics() {
            return (_, _, _, _, _) -> List.of();
        }

        @Bean
        VolumeSizes volumeSizes() {
            return _ -> Map.of();
        }

        @Bean
        HeldImages heldImages() {
            return _ -> Map.of();
        }

        @Bean
        AuditTrail auditTrail() {
            return new FakeTrail(0);
        }

        @Bean
        Timeline timeline() {
            return () -> "install/timeline";
        }

        @Bean
        Growth growth() {
            return _ -> {};
        }

        @Bean
        FactSource facts() {
            var ledger = new Ledger();
            return new FactSource() {
                @Override
                public long head() {
                    return ledger.head();
                }

                @Override
                public long known() {
                    return ledger.head();
                }

                @Override
                public List<RecordedEvent> remembered(long position, int limit) {
                    return ledger.after(position, limit);
                }

                @Override
                public List<RecordedEvent> after(long position, int limit) {
                    return ledger.after(position, limit);
                }

                @Override
                public List<RecordedEvent> at(List<Long> positions) {
                    return List.of();
                }
            };
        }

        @Bean
        Progress progress() {
            return new Progress() {
                @Override
                public long position(String view) {
                    return 0;
                }

                @Override
                public boolean await(String view, long position, Duration patience) throws InterruptedException {
                    Thread.sleep(patience);
                    return position == 0;
                }
            };
        }
    }

    private static ConfigurableApplicationContext app;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        app = new SpringApplicationBuilder(App.class)
                .properties("server.port=0", "springdoc.api-docs.path=/openapi.json", "server.address=127.0.0.1")
                .run();
        var port = app.getEnvironment().getRequiredProperty("local.server.port");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/openapi.json"))
                    .build();
            document = new JsonMapper()
                    .readTree(client.send(request, BodyHandlers.ofString()).body());
        }
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode get(String path) {
        return document.get("paths").get(path).get("get");
    }

    private static List<String> parameters(String path) {
        var names = new ArrayList<String>();
        get(path).get("parameters").forEach(p -> names.add(p.get("name").asString()));
        return names;
    }

    private static String answer(String path, String mediaType) {
        var schema = get(path)
                .get("responses")
                .get("200")
                .get("content")
                .get(mediaType)
                .get("schema");
        return schema.get("$ref").asString().replace("#/components/schemas/", "");
    }

    @Test
    void every_view_is_offered_to_be_fed() {
        assertThat(app.getBeansOfType(View.class).values().stream().map(View::name))
                .containsExactlyInAnyOrder("workspaces", "volumes", "images", "hosts", "secrets", "facts", "desired");
        assertThat(app.getBean(DesiredStates.class).timeline()).isEqualTo("install/timeline");
    }

    @Test
    void lists_document_their_parameters_and_their_pages() {
        assertThat(parameters("/api/v1/workspaces"))
                .containsExactlyInAnyOrder("q", "owner", "state", "host", "cursor", "limit", "Trailer-Position");
        assertThat(parameters("/api/v1/events"))
                .containsExactlyInAnyOrder(
                        "resource", "actor", "type", "from", "to", "cursor", "limit", "Trailer-Position");
        var page = answer("/api/v1/workspaces", "application/json");
        var items = document.get("components")
                .get("schemas")
                .get(page)
                .get("properties")
                .get("items");
        assertThat(items.get("items").get("$ref").asString()).isEqualTo("#/components/schemas/Workspace");
    }

    @Test
    void single_resources_and_the_stream_document_what_they_answer() {
        assertThat(answer("/api/v1/workspaces/{id}", "application/json")).isEqualTo("Workspace");
        assertThat(answer("/api/v1/images/{id}", "application/json")).isEqualTo("Image");
        assertThat(answer("/api/v1/hosts/{id}", "application/json")).isEqualTo("Host");
        assertThat(answer("/api/v1/stream", "text/event-stream")).isEqualTo("Fact");
        assertThat(parameters("/api/v1/stream"))
                .containsExactlyInAnyOrder("after", "Last-Event-ID", "resource", "kind", "type", "actor");
        assertThat(get("/api/v1/stream").get("operationId").asString()).isEqualTo("stream");
    }
}
