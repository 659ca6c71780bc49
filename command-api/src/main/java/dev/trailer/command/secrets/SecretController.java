package dev.trailer.command.secrets;

import dev.trailer.api.ErrorList;
import dev.trailer.api.Ids;
import dev.trailer.api.JsonBody;
import dev.trailer.api.People;
import dev.trailer.api.SecretView;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.ChangeRequest;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Changes.Plan;
import dev.trailer.command.change.Find;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretCommand.CreateSecret;
import dev.trailer.domain.secret.SecretCommand.DeleteSecret;
import dev.trailer.domain.secret.SecretCommand.RenewSecret;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.secret.SecretRules;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.List;
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

/** {@code /api/v1/secrets}: create, renew, delete. Nothing answers a value. */
@RestController
@RequestMapping("/api/v1/secrets")
@Tag(name = "secrets")
public class SecretController {
    private final Changes changes;
    private final Find find;
    private final SecretLookup secrets;
    private final SecretValues values;
    private final People people;
    private final Clock clock;

    public SecretController(
            Changes changes, Find find, SecretLookup secrets, SecretValues values, People people, Clock clock) {
        this.changes = changes;
        this.find = find;
        this.secrets = secrets;
        this.values = values;
        this.people = people;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "createSecret",
            summary = "Keep a secret; its value cannot be read back",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = SecretRequest.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SecretView.class)))
    public ResponseEntity<byte[]> create(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        request.requireAccess(Operation.SECRET_CHANGE);
        var sent = JsonBody.read(body, SecretRequest.class);
        var errors = new ErrorList();
        var name = errors.require("/name", sent.name(), SecretName::new);
        var value = SecretRequest.value(sent.value(), sent.encoding(), errors);
        errors.throwIfAny();
        return changes.change(request, () -> {
            requireRoom(principal);
            var id = new SecretId(Ids.next(clock));
            return new Plan(
                    List.of(new CreateSecret(id, principal.account(), Objects.requireNonNull(name))),
                    List.of(values.stored(id, 1, Objects.requireNonNull(value))),
                    false,
                    states -> {
                        var secret = (Secret) states.getFirst();
                        return Answer.created(
                                URI.create("/api/v1/secrets/" + id), secret.version(), SecretView.of(secret, people));
                    });
        });
    }

    /** Counted before it is decided, so that some at once may go past it by as many: a bound, not a quota. */
    private void requireRoom(Principal principal) {
        if (secrets.count(principal.account()) >= SecretRules.MAX_PER_OWNER) {
            throw ErrorList.invalid(
                    "", "too_many", "you have " + SecretRules.MAX_PER_OWNER + " secrets, the most there may be");
        }
    }

    @PostMapping(path = "/{id}/versions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "renewSecret",
            summary = "Give it another value; workspaces get it when they are started next",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = SecretRequest.Version.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SecretView.class)))
    public ResponseEntity<byte[]> renew(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id,
            @RequestBody byte[] body) {
        var request = ChangeRequest.of(exchange, principal, body, Set.of());
        var sent = JsonBody.read(body, SecretRequest.Version.class);
        var errors = new ErrorList();
        var value = SecretRequest.value(sent.value(), sent.encoding(), errors);
        errors.throwIfAny();
        return changes.change(request, () -> {
            var secret = changeable(request, id);
            long next = secret.version() + 1;
            return new Plan(
                    List.of(new RenewSecret(secret.id(), next)),
                    List.of(values.stored(secret.id(), next, Objects.requireNonNull(value))),
                    false,
                    states -> answer((Secret) states.getFirst()));
        });
    }

    @DeleteMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "deleteSecret",
            summary = "Erase it; workspaces that name it cannot start until it is taken out of them")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SecretView.class)))
    public ResponseEntity<byte[]> delete(
            @Parameter(hidden = true) ServerWebExchange exchange,
            @Parameter(hidden = true) Principal principal,
            @PathVariable String id) {
        var request = ChangeRequest.of(exchange, principal, null, Set.of());
        return changes.change(request, () -> {
            var secret = changeable(request, id);
            return new Plan(
                    List.of(new DeleteSecret(secret.id())),
                    values.erased(secret.id()),
                    false,
                    states -> answer((Secret) states.getFirst()));
        });
    }

    private Secret changeable(ChangeRequest request, String id) {
        var secret = find.secret(id);
        request.requireAccess(Operation.SECRET_CHANGE, secret.owner(), "secret", id);
        request.requireGeneration(secret.version());
        return secret;
    }

    private Answer answer(Secret secret) {
        return Answer.ok(secret.version(), SecretView.of(secret, people));
    }
}
