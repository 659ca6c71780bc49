package dev.trailer.command.workspaces;

import dev.trailer.api.ErrorList;
import dev.trailer.command.change.StorableText;
import dev.trailer.command.workspaces.WorkspaceRequest.HealthCheckRequest;
import dev.trailer.domain.workspace.HealthCheck;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a health check, each field by itself. Pure. */
final class HealthCheckDraft {
    private static final String POINTER = "/healthCheck";

    private HealthCheckDraft() {}

    /** @return null if none was sent, or what was sent is at fault */
    static @Nullable HealthCheck read(@Nullable HealthCheckRequest sent, ErrorList errors) {
        if (sent == null) {
            return null;
        }
        var command = errors.require(POINTER + "/command", sent.command(), text -> {
            StorableText.require(text);
            return HealthCheck.requireCommand(text);
        });
        var interval = duration(
                "/interval", sent.interval(), HealthCheck.USUAL_INTERVAL, HealthCheck::requireInterval, errors);
        var timeout =
                duration("/timeout", sent.timeout(), HealthCheck.USUAL_TIMEOUT, HealthCheck::requireTimeout, errors);
        var retries = sent.retries() == null
                ? Integer.valueOf(HealthCheck.USUAL_RETRIES)
                : errors.read(POINTER + "/retries", sent.retries(), HealthCheck::requireRetries);
        var startPeriod =
                duration("/startPeriod", sent.startPeriod(), Duration.ZERO, HealthCheck::requireStartPeriod, errors);
        if (command == null || interval == null || timeout == null || retries == null || startPeriod == null) {
            return null;
        }
        return new HealthCheck(command, interval, timeout, retries, startPeriod, Boolean.TRUE.equals(sent.restart()));
    }

    private static @Nullable Duration duration(
            String field, @Nullable String sent, Duration usual, UnaryOperator<Duration> check, ErrorList errors) {
        return sent == null ? usual : errors.read(POINTER + field, sent, text -> check.apply(parsed(text)));
    }

    private static Duration parsed(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be an ISO 8601 duration such as PT30S", e);
        }
    }
}
