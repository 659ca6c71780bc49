package dev.trailer.agent.protocol;

import java.util.List;

/**
 * A command that is run in a container again and again, and ends with status 0 if all is well. Figures out of bounds are
 * taken as the bound, whoever names them: a host must not be kept busy by a server or an image.
 *
 * @param command the program and its arguments
 * @param intervalMillis from the end of one check to the begin of the next
 * @param timeoutMillis after which it is ended and has failed
 * @param retries failures in a row after which it is unhealthy
 * @param startMillis from the container's start: failures do not count until one check has passed
 * @param restart whether an unhealthy container is started again
 */
public record HealthCheck(
        List<String> command, long intervalMillis, long timeoutMillis, int retries, long startMillis, boolean restart) {
    public static final long MIN_INTERVAL_MILLIS = 2_000;
    public static final long MAX_INTERVAL_MILLIS = 3_600_000;
    public static final long MIN_TIMEOUT_MILLIS = 1_000;
    public static final long MAX_TIMEOUT_MILLIS = 60_000;
    public static final int MAX_RETRIES = 20;
    public static final long MAX_START_MILLIS = 3_600_000;

    public HealthCheck {
        command = List.copyOf(command);
        intervalMillis = Math.clamp(intervalMillis, MIN_INTERVAL_MILLIS, MAX_INTERVAL_MILLIS);
        timeoutMillis = Math.clamp(timeoutMillis, MIN_TIMEOUT_MILLIS, MAX_TIMEOUT_MILLIS);
        retries = Math.clamp(retries, 1, MAX_RETRIES);
        startMillis = Math.clamp(startMillis, 0, MAX_START_MILLIS);
    }
}
