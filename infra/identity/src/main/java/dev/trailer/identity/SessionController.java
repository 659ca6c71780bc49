package dev.trailer.identity;

import dev.trailer.api.ErrorList;
import dev.trailer.api.JsonBody;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Signing in, signing out, and who one is. */
@RestController
@Tag(name = "session")
final class SessionController {
    /** Either {@code link}, or {@code username} and {@code password}, which nobody has yet. */
    @Schema(name = "SignIn")
    record SignIn(
            @Nullable String link,
            @Nullable String username,
            @Nullable String password) {}

    @Schema(name = "Me")
    record Me(
            String id,
            String handle,
            @Schema(allowableValues = "admin") String role) {}

    private final Sessions sessions;

    SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping(path = Doors.SESSION_PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "signIn", summary = "Sign in by a one-time link: answers the session's cookie")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = SignIn.class)))
    @ApiResponse(responseCode = "204", description = "Signed in", content = @Content)
    ResponseEntity<Void> signIn(
            @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        var asked = JsonBody.read(body == null ? new byte[0] : body, SignIn.class);
        if (asked.link() == null) {
            if (asked.username() == null || asked.password() == null) {
                throw ErrorList.invalid("/link", "required", "is required");
            }
            throw new Refused(new Reason.SignInFailed());
        }
        var token = sessions.open(asked.link()).orElseThrow(() -> new Refused(new Reason.SignInFailed()));
        // Whoever was signed in here before no longer is.
        if (Credential.of(exchange.getRequest()) instanceof Credential.Cookie before) {
            sessions.close(Token.hash(before.token()));
        }
        return withCookie(token, Sessions.LIFETIME);
    }

    @DeleteMapping(Doors.SESSION_PATH)
    @Operation(operationId = "signOut", summary = "Sign out")
    @ApiResponse(responseCode = "204", description = "Signed out", content = @Content)
    ResponseEntity<Void> signOut(@Parameter(hidden = true) ServerWebExchange exchange) {
        Caller caller = exchange.getAttribute(Gate.CALLER);
        if (caller != null && caller.session() != null) {
            sessions.close(caller.session());
        }
        return withCookie("", Duration.ZERO);
    }

    @GetMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "me", summary = "Who I am")
    Me me(@Parameter(hidden = true) Principal principal) {
        return new Me(principal.account().value(), principal.handle().value(), Roles.stored(principal.role()));
    }

    private static ResponseEntity<Void> withCookie(String value, Duration age) {
        var cookie = ResponseCookie.from(Credential.COOKIE, value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("Strict")
                .maxAge(age)
                .build();
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }
}
