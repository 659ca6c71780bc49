package dev.trailer.command.volumes;

import dev.trailer.api.ErrorList;
import dev.trailer.api.Ids;
import dev.trailer.api.JsonBody;
import dev.trailer.api.People;
import dev.trailer.api.VolumeView;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.command.hosts.Placement;
import dev.trailer.domain.Resources;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand;
import dev.trailer.domain.volume.VolumeCommand.CopyVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.ProvideVolume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Desired;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/volumes}: make and copy; and the only way in which data is deleted, but for {@code ?volumes=delete}. */
@RestController
@RequestMapping("/api/v1/volumes")
@Tag(name = "volumes")
public class VolumeController {
    private final Changes changes;
    private final Find find;
    private final Placement placement;
    private final People people;
    private final Clock clock;

    public VolumeController(Changes changes, Find find, Placement placement, People people, Clock clock) {
        this.changes = changes;
        this.find = find;
        this.placement = placement;
        this.people = people;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "createVolume",
            summary = "Make an empty volume that no workspace uses yet",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = VolumeRequest.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = VolumeView.class)))
    public ResponseEntity<byte[]> create(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.VOLUME_CREATE);
        var sent = JsonBody.read(body, VolumeRequest.class);
        var errors = new ErrorList();
        var name = errors.require("/name", sent.name(), VolumeName::new);
        var host = sent.host() == null ? null : errors.read("/host", sent.host(), HostName::new);
        errors.throwIfAny();
        var checked = Objects.requireNonNull(name);
        return changes.change(request, () -> {
            var where = host == null ? placement.leastLoaded(Resources.NONE) : placement.named(host);
            return made(new ProvideVolume(new VolumeId(Ids.next(clock)), checked, principal.account(), where));
        });
    }

    @PostMapping(path = "/{id}/clone", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "cloneVolume",
            summary = "Make a volume on the same host that holds the same; refused while a workspace runs on it",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = VolumeRequest.Clone.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = VolumeView.class)))
    public ResponseEntity<byte[]> copy(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.VOLUME_CREATE);
        var sent = JsonBody.read(body, VolumeRequest.Clone.class);
        var errors = new ErrorList();
        var name = sent.name() == null ? null : errors.read("/name", sent.name(), VolumeName::new);
        errors.throwIfAny();
        return changes.change(request, () -> {
            var source = find.volume(id);
            request.requireAccess(Operation.VOLUME_BACKUP, source.owner(), "volume", id);
            requireStill(source);
            return made(new CopyVolume(
                    new VolumeId(Ids.next(clock)),
                    Objects.requireNonNullElse(name, source.name()),
                    principal.account(),
                    source.host(),
                    null,
                    source.id()));
        });
    }

    private Plan made(VolumeCommand command) {
        return Plan.of(
                command,
                Volume.class,
                v -> Answer.created(URI.create("/api/v1/volumes/" + v.id()), v.version(), VolumeView.of(v, people)));
    }

    /** What a container writes to meanwhile would be copied by halves. That it has stopped, its host sees to. */
    private void requireStill(Volume source) {
        if (source.life() != Volume.Life.ACTIVE) {
            throw new Refused(new Reason.BeingDeleted("volume"));
        }
        if (source.contents() instanceof Volume.Contents.Incomplete) {
            throw new Refused(new Reason.VolumeNotWhole(source.id().value()));
        }
        if (source.workspace() != null) {
            var user = find.workspace(source.workspace().value());
            if (user.desired() == Desired.RUNNING) {
                throw new Refused(new Reason.WorkspaceRunning(user.spec().name().value()));
            }
        }
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
