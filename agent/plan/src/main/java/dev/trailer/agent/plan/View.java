package dev.trailer.agent.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one pass of planning looks at, and the earliest time at which it would decide otherwise. */
final class View {
    final Identity us;
    final Desired desired;
    final Observed observed;
    final Memory memory;
    final Instant now;
    final GpuAllotments gpus;
    private @Nullable Instant nextLook;

    View(Identity us, Desired desired, Observed observed, Memory memory, Instant now) {
        this.us = us;
        this.desired = desired;
        this.observed = observed;
        this.memory = memory;
        this.now = now;
        gpus = new GpuAllotments(us, desired, observed, memory);
    }

    /** True if the time has come; otherwise it is noted as one to look again at. */
    boolean due(Instant time) {
        if (!time.isAfter(now)) {
            return true;
        }
        lookAt(time);
        return false;
    }

    void lookAt(@Nullable Instant time) {
        if (time != null && (nextLook == null || time.isBefore(nextLook))) {
            nextLook = time;
        }
    }

    @Nullable
    Instant nextLook() {
        return nextLook;
    }
}
