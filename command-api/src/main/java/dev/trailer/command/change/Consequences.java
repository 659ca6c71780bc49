package dev.trailer.command.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What will follow a change by itself, for who must be told before it is made.
 *
 * @param more how many there are besides those told
 */
public record Consequences(List<Consequence> told, int more) {
    public static final Consequences NONE = new Consequences(List.of(), 0);

    public Consequences {
        told = List.copyOf(told);
    }

    /**
     * What will become of one thing.
     *
     * @param kind for example "workspace"
     * @param owner its handle
     */
    @Schema(name = "Consequence")
    public record Consequence(
            String kind,
            String id,
            String name,
            String owner,

            @Schema(allowableValues = {"stopped", "forgotten"})
            String becomes) {}
}
