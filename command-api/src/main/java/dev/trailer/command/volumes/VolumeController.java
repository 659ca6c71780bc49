package dev.trailer.command.volumes;

import dev.trailer.api.People;
import dev.trailer.api.VolumeView;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/volumes}: the only way in which data is deleted, but for {@code ?volumes=delete}. */
@RestController
@RequestMapping("/api/v1/volumes")
@Tag(name = "volumes")
public class VolumeController {
    private final Changes changes;
    private final Find find;
    private final People people;

    public VolumeController(Changes changes, Find find, People people) {
        this.changes = changes;
        this.find = find;
        this.people = people;
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "deleteVolume",
            summary = "Delete a kept volume and its data; refused while in use")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = VolumeView.class)))
    public ResponseEntity<byte[]> delete(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(request, () -> {
            var volume = find.volume(id);
            request.requireAccess(Operation.VOLUME_DELETE, volume.owner(), "volume", id);
            return Plan.of(
                    new DeleteVolume(volume.id()),
                    Volume.class,
                    v -> Answer.accepted(v.version(), VolumeView.of(v, people)));
        });
    }
}
