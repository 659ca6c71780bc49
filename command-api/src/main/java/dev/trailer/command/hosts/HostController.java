package dev.trailer.command.hosts;

import dev.trailer.api.ErrorList;
import dev.trailer.api.HostView;
import dev.trailer.api.Ids;
import dev.trailer.api.JsonBody;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Consequences;
import dev.trailer.command.change.Find;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostCommand;
import dev.trailer.domain.host.HostCommand.AbandonHost;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.DrainHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ResumeHost;
import dev.trailer.domain.host.HostCommand.RotateHostToken;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.HostName;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/hosts}: register, cordon, drain, resume, rotate the token, remove. */
@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "hosts")
public class HostController {
    private final Changes changes;
    private final Find find;
    private final HostEnrolments enrolments;
    private final HostContents contents;
    private final Clock clock;

    public HostController(Changes changes, Find find, HostEnrolments enrolments, HostContents contents, Clock clock) {
        this.changes = changes;
        this.find = find;
        this.enrolments = enrolments;
        this.contents = contents;
        this.clock = clock;
    }

    /** As sent. */
    @Schema(name = "HostRequest")
    public record HostRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name) {}

    /**
     * A host just registered.
     *
     * @param enrolmentToken for its agent, told only here; good once, until {@code enrolmentExpiresAt}
     */
    @Schema(name = "RegisteredHost")
    public record RegisteredHost(
            String id, String name, HostView host, String enrolmentToken, Instant enrolmentExpiresAt) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "registerHost",
            summary = "Register a host; answers the token with which its agent enrols, once",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = HostRequest.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RegisteredHost.class)))
    public ResponseEntity<byte[]> register(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.HOST_CHANGE);
        var errors = new ErrorList();
        var name =
                errors.require("/name", JsonBody.read(body, HostRequest.class).name(), HostName::new);
        errors.throwIfAny();
        return changes.change(request, () -> {
            var id = new HostId(Ids.next(clock));
            var token = enrolments.newToken(new HostRef(id, Objects.requireNonNull(name)));
            return new Plan(List.of(new RegisterHost(id, name)), List.of(token.stored()), false, states -> {
                var host = (Host) states.getFirst();
                return Answer.created(
                        URI.create("/api/v1/hosts/" + id),
                        host.generation(),
                        new RegisteredHost(
                                id.value(), host.name().value(), document(host), token.token(), token.expiresAt()));
            });
        });
    }

    @PostMapping("/{id}/cordon")
    @io.swagger.v3.oas.annotations.Operation(operationId = "cordonHost", summary = "Place no new workspaces there")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> cordon(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return change(exchange, principal, id, CordonHost::new);
    }

    @PostMapping("/{id}/drain")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "drainHost",
            summary = "Take it out of service: nothing new comes or starts there, and what runs is stopped, one"
                    + " workspace after the other; volumes stay. dryRun=true tells which")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> drain(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(request, () -> {
            var host = changeable(request, id);
            return new Plan(
                    List.of(new DrainHost(host.id())),
                    List.of(),
                    false,
                    HostController::accepted,
                    () -> contents.stopped(host.id()));
        });
    }

    @PostMapping("/{id}/resume")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "resumeHost",
            summary = "Undo cordon and drain; starts nothing")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> resume(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return change(exchange, principal, id, ResumeHost::new);
    }

    /**
     * A new token for a host.
     *
     * @param enrolmentToken told only here; good once, until {@code enrolmentExpiresAt}
     */
    @Schema(name = "RotatedToken")
    public record RotatedToken(
            String id, String name, HostView host, String enrolmentToken, Instant enrolmentExpiresAt) {}

    @PostMapping("/{id}/rotate-token")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "rotateHostToken",
            summary = "Answer a new enrolment token, once; the agent that has the host goes on until another enrols"
                    + " with it, or is refused at once")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RotatedToken.class)))
    public ResponseEntity<byte[]> rotateToken(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @Parameter(
                            description = "now: do not wait until another agent has enrolled",
                            schema = @Schema(allowableValues = {"now"}))
                    @RequestParam(required = false)
                    @Nullable
                    String revoke) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of("revoke"));
        if (revoke != null && !revoke.equals("now")) {
            throw ErrorList.invalid("?revoke", "invalid", "must be now, or left out");
        }
        return changes.change(request, () -> {
            var host = changeable(request, id);
            var token = enrolments.newToken(host.ref());
            var writes = new ArrayList<>(enrolments.shutOut(host.id(), revoke != null));
            writes.add(token.stored());
            return new Plan(List.of(new RotateHostToken(host.id(), revoke != null)), writes, false, states -> {
                var next = (Host) states.getFirst();
                return Answer.ok(
                        next.generation(),
                        new RotatedToken(id, next.name().value(), document(next), token.token(), token.expiresAt()));
            });
        });
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "removeHost",
            summary = "Remove a host; refused while workspaces or volumes are there. force=true gives up one that is"
                    + " lost for good, and all that was there; dryRun=true tells what")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> remove(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @Parameter(
                            description = "true: forget its workspaces and volumes too; refused while it is online",
                            schema = @Schema(allowableValues = {"true", "false"}))
                    @RequestParam(required = false)
                    @Nullable
                    String force) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of("force"));
        if (force != null && !force.equals("true") && !force.equals("false")) {
            throw ErrorList.invalid("?force", "invalid", "must be true or false");
        }
        boolean givesUp = "true".equals(force);
        return changes.change(request, () -> {
            var host = changeable(request, id);
            return new Plan(
                    List.of(givesUp ? new AbandonHost(host.id()) : new RemoveHost(host.id())),
                    enrolments.forget(host.id()),
                    false,
                    HostController::ok,
                    givesUp ? () -> contents.forgotten(host.id()) : () -> Consequences.NONE);
        });
    }

    private ResponseEntity<byte[]> change(
            ServerWebExchange exchange, Principal principal, String id, Function<HostId, HostCommand> command) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(request, () -> {
            var host = changeable(request, id);
            return new Plan(List.of(command.apply(host.id())), List.of(), false, HostController::ok);
        });
    }

    private Host changeable(ChangeRequest request, String id) {
        var host = find.host(id);
        request.requireAccess(Operation.HOST_CHANGE, null, "host", id);
        request.requireGeneration(host.generation());
        return host;
    }

    private static Answer ok(List<Object> states) {
        var next = (Host) states.getFirst();
        return Answer.ok(next.generation(), document(next));
    }

    private static Answer accepted(List<Object> states) {
        var next = (Host) states.getFirst();
        return Answer.accepted(next.generation(), document(next));
    }

    private static HostView document(Host host) {
        return HostView.of(host);
    }
}
