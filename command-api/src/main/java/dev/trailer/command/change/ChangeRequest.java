package dev.trailer.command.change;

import dev.trailer.api.ErrorList;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** What every change brings with it, whatever it changes: who, whence, under which conditions. */
public record ChangeRequest(
        Principal principal,
        String address,
        String userAgent,
        @Nullable String traceId,
        @Nullable Long ifMatch,
        boolean dryRun,
        CommandSender.@Nullable RequestKey key) {

    /** Every change takes it: answer what would happen and change nothing. */
    private static final String DRY_RUN = "dryRun";

    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");
    /** Long enough for any UUID or hash, short enough for an index. */
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int MAX_USER_AGENT_LENGTH = 300;

    /**
     * @param parameters the query parameters that this operation knows, besides {@code dryRun}
     * @throws Refused with {@code invalid} for a bad header or an unknown parameter
     */
    public static ChangeRequest of(
            ServerWebExchange exchange, Principal principal, byte @Nullable [] body, Set<String> parameters) {
        var request = exchange.getRequest();
        var errors = new ErrorList();
        for (String name : request.getQueryParams().keySet()) {
            if (!parameters.contains(name) && !name.equals(DRY_RUN)) {
                errors.add("?" + name, "unknown_parameter", "is not a parameter here");
            }
        }
        var dryRun = request.getQueryParams().getFirst(DRY_RUN);
        if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
            errors.add("?" + DRY_RUN, "invalid", "must be true or false");
        }
        var headers = request.getHeaders();
        var ifMatch = ifMatch(headers.getFirst("If-Match"), errors);
        var keyText = headers.getFirst("Idempotency-Key");
        if (keyText != null && !KEY.matcher(keyText).matches()) {
            errors.add("Idempotency-Key:", "invalid", "must be 1 to 200 printable ASCII characters without spaces");
        }
        errors.throwIfAny();
        var key = keyText == null || !HttpMethod.POST.equals(request.getMethod())
                ? null
                : new CommandSender.RequestKey(
                        principal.account().value(),
                        keyText,
                        hash(request.getMethod().name(), request.getURI().getRawPath(), body));
        var remote = request.getRemoteAddress();
        var agent = Optional.ofNullable(headers.getFirst("User-Agent")).orElse("");
        return new ChangeRequest(
                principal,
                remote == null || remote.getAddress() == null
                        ? ""
                        : remote.getAddress().getHostAddress(),
                agent.substring(0, Math.min(agent.length(), MAX_USER_AGENT_LENGTH)),
                traceId(headers.getFirst("traceparent")),
                ifMatch,
                "true".equals(dryRun),
                key);
    }

    /** @throws Refused with {@code not_found}: who may not do it is not told that the thing exists */
    public void requireAccess(Operation operation, @Nullable AccountId owner, String kind, String id) {
        if (!AccessPolicy.permits(principal, operation, owner)) {
            throw new Refused(new Reason.NotFound(kind, id));
        }
    }

    /** @throws Refused with {@code forbidden} */
    public void requireAccess(Operation operation) {
        if (!AccessPolicy.permits(principal, operation, null)) {
            throw new Refused(new Reason.Forbidden());
        }
    }

    /** @throws Refused with {@code stale} if the client has seen another generation */
    public void requireGeneration(long actual) {
        if (ifMatch != null && ifMatch != actual) {
            throw new Refused(new Reason.Stale(ifMatch, actual));
        }
    }

    private static @Nullable Long ifMatch(@Nullable String header, ErrorList errors) {
        if (header == null || header.equals("*")) {
            return null;
        }
        var etag = ETAG.matcher(header);
        if (!etag.matches()) {
            errors.add("If-Match:", "invalid", "must be the ETag of an earlier answer, such as \"3\", or *");
            return null;
        }
        return Long.valueOf(etag.group(1));
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        var matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static byte[] hash(String method, String path, byte @Nullable [] body) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((method + ' ' + path + '\n').getBytes(StandardCharsets.UTF_8));
            if (body != null) {
                sha256.update(body);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
