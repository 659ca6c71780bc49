package dev.trailer.command.workspaces;

import dev.trailer.api.ErrorList;
import dev.trailer.api.JsonBody;
import dev.trailer.api.People;
import dev.trailer.api.WorkspaceView;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.command.change.MergePatch;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/workspaces}: create, change, start, stop, restart, delete. */
@RestController
@RequestMapping("/api/v1/workspaces")
@Tag(name = "workspaces")
public class WorkspaceController {
    private final Changes changes;
    private final Find find;
    private final WorkspacePlanner planner;
    private final People people;

    public WorkspaceController(Changes changes, Find find, WorkspacePlanner planner, People people) {
        this.changes = changes;
        this.find = find;
        this.planner = planner;
        this.people = people;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "createWorkspace",
            summary = "Create a workspace on the host asked for, or on the least loaded that has room",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = WorkspaceRequest.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> create(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.WORKSPACE_CREATE);
        var draft = WorkspaceDraft.read(JsonBody.read(body, WorkspaceRequest.class));
        boolean hostIsOurChoice = draft.host() == null;
        return changes.change(
                request,
                () -> new Plan(planner.create(draft, principal.account()), List.of(), hostIsOurChoice, states -> {
                    var w = (Workspace) states.getFirst();
                    return Answer.created(URI.create("/api/v1/workspaces/" + w.id()), w.generation(), document(w));
                }));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "changeWorkspace",
            summary = "Change a workspace; what needs a new container gets one at once if it runs",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MergePatch.MEDIA_TYPE,
                                            schema = @Schema(implementation = WorkspaceRequest.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> change(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        return changes.change(request, () -> {
            var was = changeable(request, Operation.WORKSPACE_CHANGE, id);
            var draft = WorkspaceDraft.read(MergePatch.apply(WorkspaceRequest.of(was), body, WorkspaceRequest.class));
            return Plan.of(planner.change(was, draft), Workspace.class, w -> Answer.ok(w.generation(), document(w)));
        });
    }

    @PostMapping("/{id}/start")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "startWorkspace",
            summary = "Start it, on the latest version of its image")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> start(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return operate(
                exchange,
                principal,
                id,
                (was, request) -> new StartWorkspace(was.id(), planner.imageToStart(was), request.ifMatch()));
    }

    @PostMapping("/{id}/stop")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "stopWorkspace",
            summary = "Stop it; its container and volumes stay")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> stop(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return operate(
                exchange,
                principal,
                id,
                (was, request) -> new StopWorkspace(was.id(), StopCause.REQUEST, request.ifMatch()));
    }

    @PostMapping("/{id}/restart")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "restartWorkspace",
            summary = "Make a new container, on the latest version of its image")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> restart(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        return operate(
                exchange,
                principal,
                id,
                (was, request) -> new RestartWorkspace(was.id(), planner.imageToStart(was), request.ifMatch()));
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "deleteWorkspace",
            summary = "Delete it; its volumes are kept unless volumes=delete")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = WorkspaceView.class)))
    public ResponseEntity<byte[]> delete(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @Parameter(
                            description = "keep (the default) or delete",
                            schema = @Schema(allowableValues = {"keep", "delete"}))
                    @RequestParam(required = false)
                    @Nullable
                    String volumes) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of("volumes"));
        if (volumes != null && !volumes.equals("keep") && !volumes.equals("delete")) {
            throw ErrorList.invalid("?volumes", "invalid", "must be keep or delete");
        }
        return changes.change(
                request,
                () -> Plan.of(
                        planner.delete(changeable(request, Operation.WORKSPACE_DELETE, id), "delete".equals(volumes)),
                        Workspace.class,
                        w -> Answer.accepted(w.generation(), document(w))));
    }

    private ResponseEntity<byte[]> operate(
            ServerWebExchange exchange,
            Principal principal,
            String id,
            BiFunction<Workspace, ChangeRequest, DomainCommand> operating) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(
                request,
                () -> Plan.of(
                        operating.apply(changeable(request, Operation.WORKSPACE_OPERATE, id), request),
                        Workspace.class,
                        w -> Answer.accepted(w.generation(), document(w))));
    }

    private Workspace changeable(ChangeRequest request, Operation operation, String id) {
        var workspace = find.workspace(id);
        request.requireAccess(operation, workspace.owner(), "workspace", id);
        request.requireGeneration(workspace.generation());
        return workspace;
    }

    private WorkspaceView document(Workspace w) {
        return WorkspaceView.of(w, people, null, null);
    }
}
