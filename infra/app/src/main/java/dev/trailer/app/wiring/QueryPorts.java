package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.AgentSessions;
import dev.trailer.agent.gateway.HostImageStore;
import dev.trailer.agent.gateway.attempts.AttemptReader;
import dev.trailer.agent.gateway.metrics.GpuMetricStore;
import dev.trailer.agent.gateway.metrics.MetricStore;
import dev.trailer.api.AttemptView;
import dev.trailer.api.HostView;
import dev.trailer.api.VolumeView;
import dev.trailer.domain.Resources;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.ledger.LedgerReader;
import dev.trailer.ledger.Tail;
import dev.trailer.query.feed.StreamFigures;
import dev.trailer.query.port.AgentPresence;
import dev.trailer.query.port.Allotments;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.GpuHistory;
import dev.trailer.query.port.Growth;
import dev.trailer.query.port.HeldImages;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.port.Progress;
import dev.trailer.query.port.SecretUses;
import dev.trailer.query.port.Timeline;
import dev.trailer.query.port.VolumeSizes;
import dev.trailer.secrets.Vault;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the query side needs from other rooms. */
@Configuration(proxyBeanMethods = false)
@Import(AuditPorts.class)
class QueryPorts {
    @Bean
    FactSource factSource(LedgerReader reader, Tail tail) {
        return new FactSource() {
            @Override
            public long head() {
                long head = reader.head().position();
                tail.reached(head);
                return head;
            }

            @Override
            public long known() {
                return tail.head();
            }

            @Override
            public @Nullable List<RecordedEvent> remembered(long position, int limit) {
                return tail.remembered(position, limit);
            }

            @Override
            public List<RecordedEvent> after(long position, int limit) {
                return tail.after(position, limit);
            }

            @Override
            public List<RecordedEvent> at(List<Long> positions) {
                return reader.at(positions);
            }
        };
    }

    /** A bean of its own, because the registry is made before the streams are. */
    @Bean
    SmartInitializingSingleton streamMeters(StreamFigures streams, MeterRegistry registry) {
        return () -> {
            Gauge.builder("trailer.stream.subscribers", streams, StreamFigures::subscribers)
                    .description("Live streams of this server")
                    .register(registry);
            Gauge.builder("trailer.stream.waiting", streams, StreamFigures::waitingBytes)
                    .baseUnit("bytes")
                    .description("Handed to streams' connections, not taken by their sockets")
                    .register(registry);
            for (var reason : streams.reasons()) {
                FunctionCounter.builder("trailer.stream.cut", streams, it -> it.cut(reason))
                        .description("Streams that this server has ended")
                        .tag("reason", reason)
                        .register(registry);
            }
        };
    }

    @Bean
    Growth growth(Tail tail) {
        return tail::onGrowth;
    }

    /** Lazily: followers are made of views, and some views' readers wait for followers. */
    @Bean
    Progress progress(ObjectProvider<Followers> followers) {
        return new Progress() {
            @Override
            public long position(String view) {
                return followers.getObject().position(view);
            }

            @Override
            public boolean await(String view, long position, Duration patience) throws InterruptedException {
                return followers.getObject().await(view, position, patience);
            }
        };
    }

    @Bean
    Timeline timeline(LedgerReader reader) {
        return () -> {
            var head = reader.head();
            return head.install() + "/" + head.timeline();
        };
    }

    @Bean
    Allotments allotments(ClaimReader claims) {
        return () -> {
            Map<String, Resources> promised = new HashMap<>();
            claims.pools().forEach(pool -> promised.put(pool.id(), pool.promised()));
            return promised;
        };
    }

    @Bean
    AgentPresence agentPresence(AgentSessions sessions, HostImageStore images) {
        return hosts -> {
            Map<String, AgentPresence.Presence> found = new HashMap<>();
            var kept = images.summaries(hosts);
            sessions.of(hosts)
                    .forEach((host, status) -> found.put(
                            host,
                            new AgentPresence.Presence(
                                    status.agent(), status.metrics(), status.strays(), images(kept.get(host)))));
            return found;
        };
    }

    private static HostView.@Nullable ImagesView images(HostImageStore.@Nullable Summary kept) {
        return kept == null
                ? null
                : new HostView.ImagesView(kept.keptVersions(), kept.keptSeconds(), kept.versions(), kept.sizeBytes());
    }

    @Bean
    HeldImages heldImages(HostImageStore images) {
        return ids -> {
            Map<String, List<HeldImages.Held>> found = new HashMap<>();
            images.of(ids)
                    .forEach((image, rows) -> found.put(
                            image,
                            rows.stream()
                                    .map(row -> new HeldImages.Held(
                                            row.host(), row.version(), row.sizeBytes(), row.standing(), row.goesAt()))
                                    .toList()));
            return found;
        };
    }

    @Bean
    SecretUses secretUses(Vault vault) {
        return vault::lastUsed;
    }

    @Bean
    MetricHistory metricHistory(MetricStore metrics) {
        return metrics::read;
    }

    @Bean
    GpuHistory gpuHistory(GpuMetricStore metrics) {
        return metrics::read;
    }

    @Bean
    AttemptHistory attemptHistory(AttemptReader attempts) {
        return new AttemptHistory() {
            @Override
            public List<AttemptView> newest(
                    String workspace,
                    String host,
                    Collection<String> images,
                    Instant since,
                    @Nullable String after,
                    int limit) {
                return attempts.newest(workspace, host, images, since, after, limit);
            }

            @Override
            public Optional<AttemptView> one(String attempt, String workspace, String host, Collection<String> images) {
                return attempts.one(attempt, workspace, host, images);
            }

            @Override
            public List<AttemptView> between(
                    String host, Collection<String> images, Instant from, Instant to, int limit) {
                return attempts.between(host, images, from, to, limit);
            }

            @Override
            public List<Lines> output(String attempt, long afterLine, int limit) {
                return attempts.output(attempt, afterLine, limit).stream()
                        .map(row -> new Lines(row.first(), row.lines()))
                        .toList();
            }
        };
    }

    @Bean
    VolumeSizes queryVolumeSizes(dev.trailer.agent.gateway.VolumeSizes sizes) {
        return volumes -> {
            Map<String, VolumeView.Size> found = new HashMap<>();
            sizes.of(volumes)
                    .forEach((volume, size) -> found.put(volume, new VolumeView.Size(size.bytes(), size.measuredAt())));
            return found;
        };
    }

    @Bean
    AttemptNotes queryAttemptNotes(dev.trailer.agent.gateway.AttemptNotes notes) {
        return notes::detailsOf;
    }
}
