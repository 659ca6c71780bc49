package dev.trailer.api;

import dev.trailer.domain.Resources;
import io.swagger.v3.oas.annotations.media.Schema;

/** Computing power: {@code cpus} in cores, down to thousandths; {@code memoryBytes}; whole {@code gpus}. */
@Schema(name = "Resources")
public record ResourcesView(double cpus, long memoryBytes, int gpus) {
    public static ResourcesView of(Resources resources) {
        return new ResourcesView(resources.cpuMillis() / 1000.0, resources.memoryBytes(), resources.gpus());
    }
}
