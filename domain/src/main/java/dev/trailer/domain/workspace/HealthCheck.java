package dev.trailer.domain.workspace;

import java.time.Duration;

/**
 * How a workspace is asked whether it is well: a command that is run in its container again and again, and ends with status
 * 0 if it is.
 *
 * @param command of a shell, by the container's user; not for secrets, as it stands in the history
 * @param interval from the end of one check to the begin of the next
 * @param timeout after which a check is ended and has failed
 * @param retries failures in a row after which it is unhealthy
 * @param startPeriod after each start of the container, in which failures do not count until one check has passed
 * @param restart whether a container that is unhealthy is started again
 */
public record HealthCheck(
        String command, Duration interval, Duration timeout, int retries, Duration startPeriod, boolean restart) {

    /** Longer ones are scripts, and have their place in the image. */
    public static final int MAX_COMMAND_LENGTH = 2_000;

    /** A command in a container costs an engine a tenth of a second: a hundred workspaces leave it nothing for less. */
    public static final Duration MIN_INTERVAL = Duration.ofSeconds(2);

    public static final Duration MAX_INTERVAL = Duration.ofHours(1);
    public static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    /** One that hangs holds one of few places at its host. */
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    public static final int MAX_RETRIES = 20;
    public static final Duration MAX_START_PERIOD = Duration.ofHours(1);

    public static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    public static final int USUAL_RETRIES = 3;

    public HealthCheck {
        requireCommand(command);
        requireInterval(interval);
        requireTimeout(timeout);
        requireRetries(retries);
        requireStartPeriod(startPeriod);
    }

    public static String requireCommand(String command) {
        if (command.isBlank()
                || command.length() > MAX_COMMAND_LENGTH
                || command.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new IllegalArgumentException("must be a shell command of 1 to " + MAX_COMMAND_LENGTH
                    + " characters, without control characters");
        }
        return command;
    }

    public static Duration requireInterval(Duration interval) {
        return require(interval, MIN_INTERVAL, MAX_INTERVAL);
    }

    public static Duration requireTimeout(Duration timeout) {
        return require(timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    }

    public static int requireRetries(int retries) {
        if (retries < 1 || retries > MAX_RETRIES) {
            throw new IllegalArgumentException("must be 1 to " + MAX_RETRIES);
        }
        return retries;
    }

    public static Duration requireStartPeriod(Duration startPeriod) {
        return require(startPeriod, Duration.ZERO, MAX_START_PERIOD);
    }

    private static Duration require(Duration duration, Duration least, Duration most) {
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be " + least + " to " + most + " (ISO 8601)");
        }
        return duration;
    }
}
