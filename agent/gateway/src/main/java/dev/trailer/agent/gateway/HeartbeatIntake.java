package dev.trailer.agent.gateway;

import dev.trailer.agent.gateway.metrics.GpuMetricStore;
import dev.trailer.agent.gateway.metrics.MetricStore;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes heartbeats: notes that the host lives, and makes a command of each change. Any thread; blocks. */
final class HeartbeatIntake {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatIntake.class);

    /** Hosts whose last report is remembered; another begins anew, which costs only repeats. */
    private static final int MAX_HOSTS = 10_000;

    /** For the heartbeat before, of the same host; it waits for the ledger only. */
    private static final long LOCK_SECONDS = 10;

    private final Turns turns;
    private final AgentSessions samples;
    private final MetricStore metrics;
    private final VolumeSizes sizes;
    private final GpuMetricStore gpuMetrics;
    private final HostImageStore images;
    private final Commands commands;
    private final Placement placement;
    private final DesiredSource desired;
    private final Pacer pacer;
    private final Calm calm;
    private final Map<HostId, HostMemory> memories = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HostId, HostMemory> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    HeartbeatIntake(
            Turns turns,
            AgentSessions samples,
            MetricStore metrics,
            VolumeSizes sizes,
            GpuMetricStore gpuMetrics,
            HostImageStore images,
            Commands commands,
            Placement placement,
            DesiredSource desired,
            Pacer pacer,
            Calm calm) {
        this.turns = turns;
        this.samples = samples;
        this.metrics = metrics;
        this.sizes = sizes;
        this.gpuMetrics = gpuMetrics;
        this.images = images;
        this.commands = commands;
        this.placement = placement;
        this.desired = desired;
        this.pacer = pacer;
        this.calm = calm;
    }

    /**
     * @throws Refused with {@code epoch_superseded}, or with {@code ledger_unavailable} if not all of it could be recorded:
     *     the next heartbeat is then taken as if this one had not been
     */
    Heartbeat.Answer receive(AgentSession session, Heartbeat beat) {
        if (beat.epoch() < session.epoch()) {
            throw new Refused(new Reason.EpochSuperseded(beat.epoch(), session.epoch()));
        }
        if (beat.epoch() > session.epoch()) {
            throw ErrorList.invalid("/epoch", "invalid", "is not the epoch of this session");
        }
        var pace = pacer.pace();
        var memory = memoryOf(session.host());
        lock(memory);
        try {
            var touched = turns.touch(session, beat.sequence(), beat.engineUp(), pace.heartbeatMillis());
            if (beat.sequence() > touched.previousSequence()) {
                memory.begin(session.epoch(), touched.carriedOut(), System.nanoTime());
                var keys = new Pass(session.host(), memory).record(beat, touched);
                memory.end(turns.done(session, beat.sequence()), keys);
            }
        } catch (Refused e) {
            if (e.reason() instanceof Reason.LedgerUnavailable) {
                calm.trouble();
            }
            throw e;
        } finally {
            memory.lock.unlock();
        }
        var host = session.host().value();
        return new Heartbeat.Answer(pace, desired.timeline(), desired.revision(host));
    }

    private HostMemory memoryOf(HostId host) {
        synchronized (memories) {
            return memories.computeIfAbsent(host, _ -> new HostMemory());
        }
    }

    private static void lock(HostMemory memory) {
        try {
            if (memory.lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refused(new Reason.LedgerUnavailable());
    }

    /** One heartbeat's way through the host's memory. */
    private final class Pass {
        private final HostId host;
        private final HostMemory memory;
        private final Set<String> keys = new HashSet<>();

        Pass(HostId host, HostMemory memory) {
            this.host = host;
            this.memory = memory;
        }

        /** @return the keys of all that was reported */
        Set<String> record(Heartbeat beat, Turns.Touched touched) {
            if (beat.metrics() != null) {
                samples.sample(host, beat.metrics());
                metrics.keep(host.value(), beat.metrics());
            }
            gpuMetrics.keep(host.value(), beat.gpus());
            if (!memory.hasStrays(beat.strays())) {
                samples.strays(host, beat.strays());
                memory.keepStrays(beat.strays());
            }
            if (!beat.usages().isEmpty()) {
                var here = placement.on(host.value());
                metrics.keep(beat.usages().stream()
                        .filter(usage -> here.contains(usage.workspace()))
                        .toList());
            }
            keepSizes(beat.volumes());
            if (beat.facts() != null) {
                var facts = beat.facts();
                valid("facts", () -> {
                    var command = new ReportCapability(host, Reports.capability(facts, touched.agentVersion()));
                    offer("facts", command, null, () -> true);
                });
            }
            if (!touched.online()) {
                // Others have spoken for the host meanwhile, so what it said before must be recorded again.
                memory.forget();
                returned();
            }
            beat.workspaces()
                    .forEach(report -> valid(report.workspace(), () -> {
                        var note = Reports.note(report.cause(), host.value(), report.workspace());
                        offer(
                                "workspace/" + report.workspace(),
                                Reports.command(report),
                                note,
                                () -> isHere(report.workspace()));
                    }));
            beat.volumes()
                    .forEach(report -> valid(report.volume(), () -> Reports.command(report)
                            .ifPresent(command -> offer(
                                    "volume/" + report.volume(),
                                    command,
                                    report.gone() ? VolumeSizes.forgotten(report.volume()) : null,
                                    () -> isHere(report.volume())))));
            beat.builds().forEach(report -> {
                var subject = report.image() + "/" + report.build();
                valid(subject, () -> {
                    var note = Reports.note(report.cause(), host.value(), subject);
                    BooleanSupplier asked = () -> placement.builds(report.image(), report.build(), host.value());
                    offer("build/" + subject, Reports.command(report), note, asked);
                });
            });
            if (beat.images() != null && !memory.hasImages(beat.images())) {
                record(beat.images());
            }
            return keys;
        }

        /** That a version is there is only kept; that it is gone is a fact. */
        private void record(HostImages said) {
            var told = Reports.images(said);
            var here = told.held().stream().map(Pass::version).collect(Collectors.toSet());
            boolean allRecorded = true;
            for (var before : images.on(host)) {
                if (said.isWhole() && !here.contains(before.image() + "/" + before.version())) {
                    allRecorded &= recordGone(before, told);
                }
            }
            images.keep(host, told);
            if (allRecorded) {
                memory.keepImages(said);
            }
        }

        private static String version(HostImages.Held held) {
            return held.image() + "/" + held.version();
        }

        /** @return false if it is to be tried again with the next heartbeat */
        private boolean recordGone(HostImageStore.Row row, HostImages told) {
            try {
                commands.send(
                        Actor.agent(host), Reports.gone(row, told.keptSeconds()), List.of(HostImageStore.gone(row)));
                return true;
            } catch (IllegalArgumentException e) {
                images.forget(row);
                return true;
            } catch (Refused e) {
                if (e.reason() instanceof Reason.LedgerUnavailable) {
                    throw e;
                }
                boolean again = e.reason() instanceof Reason.Contended;
                if (!again) {
                    LOG.debug("Host {}: that {} is gone was refused: {}", host, row, e.getMessage());
                    images.forget(row);
                }
                return !again;
            }
        }

        private void keepSizes(List<VolumeReport> reports) {
            var measured = new HashMap<String, Long>();
            reports.forEach(report -> {
                if (report.sizeBytes() != null && report.sizeBytes() >= 0) {
                    measured.put(report.volume(), report.sizeBytes());
                }
            });
            if (!measured.isEmpty()) {
                measured.keySet().retainAll(placement.on(host.value()));
                sizes.keep(host, measured);
            }
        }

        /** Not by memory: any server may have recorded that it was lost. */
        private void returned() {
            try {
                commands.send(Actor.agent(host), new ReturnHost(host), List.of(SessionStore.online(host, true)));
            } catch (Refused e) {
                throw e.reason() instanceof Reason.NotFound ? new Refused(new Reason.Unauthenticated()) : e;
            }
        }

        private boolean isHere(String workspaceOrVolume) {
            return placement.isOn(workspaceOrVolume, host.value());
        }

        /** Runs what depends on one report. The domain's types check themselves; a report they will not have is dropped. */
        private void valid(@Nullable String subject, Runnable work) {
            try {
                work.run();
            } catch (IllegalArgumentException | NullPointerException e) {
                LOG.warn("Host {} reports on {} what cannot be: {}", host, subject, e.toString());
            } catch (Refused e) {
                throw e;
            } catch (RuntimeException e) {
                // Not remembered, so that the next heartbeat tries again.
                LOG.error("What host {} reports on {} cannot be recorded", host, subject, e);
            }
        }

        private void offer(String key, DomainCommand command, @Nullable GatewayWrite note, BooleanSupplier own) {
            keys.add(key);
            if (memory.has(key, command)) {
                return;
            }
            if (!own.getAsBoolean()) {
                LOG.debug("Host {} reports on {}, which is not there", host, key);
                memory.keep(key, command);
                return;
            }
            try {
                commands.send(Actor.agent(host), command, note == null ? List.of() : List.of(note));
                memory.keep(key, command);
            } catch (Refused e) {
                refused(key, command, e);
            }
        }

        private void refused(String key, DomainCommand command, Refused e) {
            switch (e.reason()) {
                case Reason.LedgerUnavailable _ -> throw e;
                // Not remembered, so that the next heartbeat tries again.
                case Reason.Contended _ -> LOG.debug("Host {}: {} is contended", host, key);
                case Reason _ -> {
                    LOG.debug("Host {}: {} was refused: {}", host, key, e.getMessage());
                    memory.keep(key, command);
                }
            }
        }
    }
}
