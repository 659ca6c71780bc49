package dev.trailer.command.hosts;

import dev.trailer.api.ErrorList;
import dev.trailer.api.HostView;
import dev.trailer.api.Ids;
import dev.trailer.api.JsonBody;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.command.change.SideWrite;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostCommand;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ResumeHost;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/hosts}: register, cordon, resume, remove. */
@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "hosts")
public class HostController {
    private final Changes changes;
    private final Find find;
    private final HostEnrolments enrolments;
    private final Clock clock;

    public HostController(Changes changes, Find find, HostEnrolments enrolments, Clock clock) {
        this.changes = changes;
        this.find = find;
        this.enrolments = enrolments;
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
                                id.value(),
                                host.name().value(),
                                HostView.of(host, null, null, null, null),
                                token.token(),
                                token.expiresAt()));
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
        return change(exchange, principal, id, CordonHost::new, host -> List.of());
    }

    @PostMapping("/{id}/resume")
    @io.swagger.v3.oas.annotations.Operation(operationId = "resumeHost", summary = "Place new workspaces there again")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> resume(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return change(exchange, principal, id, ResumeHost::new, host -> List.of());
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "removeHost",
            summary = "Remove a host; refused while workspaces or volumes are there")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HostView.class)))
    public ResponseEntity<byte[]> remove(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return change(exchange, principal, id, RemoveHost::new, enrolments::forget);
    }

    private ResponseEntity<byte[]> change(
            ServerWebExchange exchange,
            Principal principal,
            String id,
            Function<HostId, HostCommand> command,
            Function<HostId, List<SideWrite>> sideWrites) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(request, () -> {
            var host = find.host(id);
            request.requireAccess(Operation.HOST_CHANGE, null, "host", id);
            request.requireGeneration(host.generation());
            return new Plan(List.of(command.apply(host.id())), sideWrites.apply(host.id()), false, states -> {
                var next = (Host) states.getFirst();
                return Answer.ok(next.generation(), HostView.of(next, null, null, null, null));
            });
        });
    }
}
