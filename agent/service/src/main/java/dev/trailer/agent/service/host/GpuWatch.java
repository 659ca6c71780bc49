package dev.trailer.agent.service.host;

import dev.trailer.agent.plan.Backoff;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.service.host.NvidiaSmi.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the GPUs again and again, at a pace of its own. One thread looks, any may ask. */
public final class GpuWatch implements Gpus {
    private static final Logger LOG = LoggerFactory.getLogger(GpuWatch.class);
    /** One call tells which there are and how they are doing; without persistence mode it wakes each GPU up. */
    private static final Duration EVERY = Duration.ofSeconds(15);
    /** Where there is nothing that could tell of any. */
    private static final Duration ABSENT = Duration.ofMinutes(1);
    /** A driver in trouble is not helped by being asked; seldom enough, too, for a GPU that comes and goes to make few events. */
    private static final Backoff TROUBLED = new Backoff(EVERY, Duration.ofMinutes(5));

    private final NvidiaSmi smi;
    private final Runnable changed;
    private boolean looked;
    private int troubledLooks;
    private @Nullable HostGpus known;
    private List<GpuUsage> fresh = List.of();

    /**
     * @param path directories to look for {@code nvidia-smi} in, as the variable PATH has them
     * @param changed called when other GPUs are known than before
     */
    public GpuWatch(String path, Runnable changed) {
        this(new NvidiaSmi(path, NvidiaSmi.LIMIT), changed);
    }

    GpuWatch(NvidiaSmi smi, Runnable changed) {
        this.smi = smi;
        this.changed = changed;
    }

    @Override
    public synchronized @Nullable HostGpus known() {
        return known;
    }

    @Override
    public synchronized List<GpuUsage> take() {
        var taken = fresh;
        fresh = List.of();
        return taken;
    }

    /** Until interrupted. The first look is the caller's, who wants its result before anything else is done. */
    public void run() throws InterruptedException {
        while (true) {
            Thread.sleep(pause());
            look();
        }
    }

    synchronized Duration pause() {
        if (known == null) {
            return ABSENT;
        }
        return troubledLooks == 0 ? EVERY : TROUBLED.after(troubledLooks);
    }

    /** Waits for {@code nvidia-smi}, at most as long as that may take. */
    public void look() throws InterruptedException {
        Path program = smi.program().orElse(null);
        if (program == null) {
            saw(null, List.of());
            return;
        }
        GpuReading reading = read(program);
        saw(reading.gpus(), reading.usages());
    }

    private GpuReading read(Path program) throws InterruptedException {
        try {
            Said said = smi.run(program, GpuReading.QUERY);
            if (GpuReading.isTooOldFor(said)) {
                said = smi.run(program, GpuReading.OLD_QUERY);
            }
            Said listed = GpuReading.hasSlices(said) ? smi.run(program, GpuReading.LIST) : null;
            return GpuReading.of(said, listed);
        } catch (IOException e) {
            LOG.debug("{} cannot be run", program, e);
            return GpuReading.in(GpuTrouble.UNREADABLE);
        }
    }

    private void saw(@Nullable HostGpus seen, List<GpuUsage> usages) {
        HostGpus before;
        synchronized (this) {
            before = known;
            troubledLooks = seen == null || seen.trouble() == null ? 0 : troubledLooks + 1;
            fresh = usages;
            // One look that fails is a hiccup: what was known before holds until it fails again.
            boolean hiccup = looked && troubledLooks == 1 && before != null;
            if (hiccup || (looked && Objects.equals(before, seen))) {
                return;
            }
            looked = true;
            known = seen;
        }
        if (seen != null) {
            LOG.info(
                    "{} GPUs to give, driver {}{}",
                    seen.devices().size(),
                    seen.driver(),
                    seen.trouble() == null ? "" : ", " + seen.trouble());
        }
        if (!Objects.equals(before, seen)) {
            changed.run();
        }
    }
}
