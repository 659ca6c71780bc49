package dev.trailer.command.volumes;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A volume as sent.
 *
 * @param host a host's name; null to have one chosen
 */
@Schema(name = "VolumeRequest")
public record VolumeRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Nullable String host) {

    /** @param name of the copy; null for the name of what is copied */
    @Schema(name = "CloneRequest")
    public record Clone(@Nullable String name) {}
}
