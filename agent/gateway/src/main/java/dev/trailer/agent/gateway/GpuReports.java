package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.domain.host.GpuInventory;
import dev.trailer.domain.reason.GpuTrouble;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What agents say of GPUs, in the domain's words. Pure; any thread. All throw IllegalArgumentException for what is not valid. */
final class GpuReports {
    /** Of one host, and so of one workspace; agents tell of no more. */
    private static final int MAX_DEVICES = 128;

    private static final Pattern UUID = Pattern.compile("(GPU|MIG)-[0-9A-Za-z/-]{1,120}");

    private GpuReports() {}

    static GpuInventory inventory(HostGpus gpus) {
        if (gpus.devices().size() > MAX_DEVICES) {
            throw new IllegalArgumentException("more than " + MAX_DEVICES + " GPUs");
        }
        return new GpuInventory(
                gpus.driver() == null ? null : Texts.word(gpus.driver()),
                gpus.devices().stream().map(GpuReports::device).toList(),
                gpus.trouble() == null ? null : trouble(gpus.trouble()));
    }

    private static GpuInventory.Gpu device(HostGpus.Gpu gpu) {
        return new GpuInventory.Gpu(
                uuid(gpu.uuid()),
                Texts.word(gpu.model()),
                Math.max(0, gpu.memoryBytes()),
                gpu.parent() == null ? null : uuid(gpu.parent()));
    }

    static List<String> uuids(WorkspaceReport report) {
        if (report.gpus().size() > MAX_DEVICES) {
            throw new IllegalArgumentException("more than " + MAX_DEVICES + " GPUs");
        }
        return report.gpus().stream().map(GpuReports::uuid).toList();
    }

    private static String uuid(@Nullable String uuid) {
        if (uuid == null || !UUID.matcher(uuid).matches()) {
            throw new IllegalArgumentException("no UUID of a GPU: " + uuid);
        }
        return uuid;
    }

    static GpuTrouble trouble(dev.trailer.agent.protocol.GpuTrouble trouble) {
        return switch (trouble) {
            case DRIVER_FAILED -> GpuTrouble.DRIVER_FAILED;
            case TIMED_OUT -> GpuTrouble.TIMED_OUT;
            case UNREADABLE -> GpuTrouble.UNREADABLE;
            case INCOMPLETE -> GpuTrouble.INCOMPLETE;
            case NONE_FREE -> GpuTrouble.NONE_FREE;
            case GONE -> GpuTrouble.GONE;
            case IN_USE -> GpuTrouble.IN_USE;
        };
    }
}
