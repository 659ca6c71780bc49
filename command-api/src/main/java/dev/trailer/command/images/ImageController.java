package dev.trailer.command.images;

import dev.trailer.api.ErrorList;
import dev.trailer.api.Ids;
import dev.trailer.api.ImageView;
import dev.trailer.api.JsonBody;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.command.change.MergePatch;
import dev.trailer.command.hosts.Placement;
import dev.trailer.command.secrets.SecretLookup;
import dev.trailer.domain.Resources;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageCommand.CancelBuild;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageCommand.RequestBuild;
import dev.trailer.domain.image.ImageCommand.RetireImage;
import dev.trailer.domain.image.ImageCommand.ReviseImage;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/images}: define, revise, build, retire. */
@RestController
@RequestMapping("/api/v1/images")
@Tag(name = "images")
public class ImageController {
    private final Changes changes;
    private final Find find;
    private final BaseResolver bases;
    private final SecretLookup secrets;
    private final Placement placement;
    private final Clock clock;

    public ImageController(
            Changes changes, Find find, BaseResolver bases, SecretLookup secrets, Placement placement, Clock clock) {
        this.changes = changes;
        this.find = find;
        this.bases = bases;
        this.secrets = secrets;
        this.placement = placement;
        this.clock = clock;
    }

    /**
     * Where to build.
     *
     * @param host its name; null for the least loaded
     * @param noCache do each step anew, also where the host has the image already; null is no
     */
    @Schema(name = "BuildRequest")
    public record BuildRequest(
            @Nullable String host, @Nullable Boolean noCache) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "defineImage",
            summary = "Define an image from a Dockerfile or by reference",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ImageRequest.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ImageView.class)))
    public ResponseEntity<byte[]> define(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.IMAGE_CHANGE);
        var sent = JsonBody.read(body, ImageRequest.class);
        return changes.change(request, () -> {
            var errors = new ErrorList();
            var name = errors.require("/name", sent.name(), ImageName::new);
            var source = sent.source(errors, bases, secrets, request.principal().account());
            errors.throwIfAny();
            var id = new ImageId(Ids.next(clock));
            return Plan.of(
                    new DefineImage(id, Objects.requireNonNull(name), Objects.requireNonNull(source)),
                    Image.class,
                    image -> Answer.created(URI.create("/api/v1/images/" + id), image.generation(), document(image)));
        });
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "reviseImage",
            summary = "Make the next version; running workspaces keep theirs until they are started again",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MergePatch.MEDIA_TYPE,
                                            schema = @Schema(implementation = ImageRequest.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImageView.class)))
    public ResponseEntity<byte[]> revise(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        return changes.change(request, () -> {
            var image = changeable(request, id);
            var sent = MergePatch.apply(ImageRequest.of(image), body, ImageRequest.class);
            var errors = new ErrorList();
            var name = errors.require("/name", sent.name(), ImageName::new);
            if (name != null && !name.equals(image.name())) {
                throw new Refused(new Reason.Fixed("/name", "name of an image"));
            }
            var source = sent.source(errors, bases, secrets, request.principal().account());
            errors.throwIfAny();
            return Plan.of(
                    new ReviseImage(image.id(), Objects.requireNonNull(source), image.generation()),
                    Image.class,
                    next -> Answer.ok(next.generation(), document(next)));
        });
    }

    @PostMapping("/{id}/builds")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "requestBuild",
            summary = "Build the latest version on a host now",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = false,
                            content = @Content(schema = @Schema(implementation = BuildRequest.class))))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImageView.class)))
    public ResponseEntity<byte[]> build(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        var sent = body == null || body.length == 0
                ? new BuildRequest(null, null)
                : JsonBody.read(body, BuildRequest.class);
        return changes.change(request, () -> {
            var image = changeable(request, id);
            var errors = new ErrorList();
            var name = sent.host() == null ? null : errors.read("/host", sent.host(), HostName::new);
            errors.throwIfAny();
            var host = name == null ? placement.leastLoaded(Resources.NONE) : placement.named(name);
            return Plan.of(
                    new RequestBuild(image.id(), host, Boolean.TRUE.equals(sent.noCache())),
                    Image.class,
                    next -> Answer.accepted(next.generation(), document(next)));
        });
    }

    @PostMapping("/{id}/builds/{build}/cancel")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "cancelBuild",
            summary = "Leave a build off; its host goes on only if a workspace needs the image",
            description = "A build that has ended stays as it ended.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImageView.class)))
    public ResponseEntity<byte[]> cancel(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @PathVariable int build) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(
                request,
                () -> Plan.of(
                        new CancelBuild(changeable(request, id).id(), build),
                        Image.class,
                        image -> Answer.ok(image.generation(), document(image))));
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "retireImage",
            summary = "Offer it no longer; workspaces that use it go on")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImageView.class)))
    public ResponseEntity<byte[]> retire(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(
                request,
                () -> Plan.of(
                        new RetireImage(changeable(request, id).id(), request.ifMatch()),
                        Image.class,
                        image -> Answer.ok(image.generation(), document(image))));
    }

    private Image changeable(ChangeRequest request, String id) {
        var image = find.image(id);
        request.requireAccess(Operation.IMAGE_CHANGE, null, "image", id);
        request.requireGeneration(image.generation());
        return image;
    }

    private static ImageView document(Image image) {
        return ImageView.of(image);
    }
}
