package dev.trailer.agent.service;

import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.service.engine.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a Dockerfile as the fake engine understands: what it is built on, what fails, and what the image runs. */
final class FakeDockerfile {
    private static final Set<String> KNOWN = Set.of("ARG", "COPY", "ENV", "LABEL", "USER", "WORKDIR", "VOLUME");
    private static final Pattern EXIT = Pattern.compile("\\bexit (\\d+)");
    /** In the one form in which tests write it. */
    private static final Pattern HEALTH_CHECK =
            Pattern.compile("--interval=(\\d+)s --timeout=(\\d+)s --retries=(\\d+) CMD (.+)");
    /** A program that asks for memory without end. */
    private static final String GLUTTON = "tail /dev/zero";

    private FakeDockerfile() {}

    /** @param command what the image runs, empty if that stays */
    record Built(String command, Optional<HealthCheck> healthCheck) {}

    static final Built NOTHING = new Built("", Optional.empty());

    /** @param images what the engine has */
    static Built build(String dockerfile, Function<String, Optional<Built>> images) {
        String command = "";
        Optional<HealthCheck> healthCheck = Optional.empty();
        for (String line : dockerfile.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+", 2);
            switch (words[0]) {
                case "" -> {}
                case "FROM" -> healthCheck = base(words[1], images).healthCheck;
                case "RUN" -> run(words[1]);
                case "CMD" -> command = words[1];
                case "HEALTHCHECK" -> healthCheck = healthCheck(words[1]);
                default -> {
                    if (!KNOWN.contains(words[0])) {
                        throw new EngineException("unknown instruction: " + words[0]);
                    }
                }
            }
        }
        return new Built(command, healthCheck);
    }

    private static Built base(String base, Function<String, Optional<Built>> images) {
        return base.equals("scratch")
                ? NOTHING
                : images.apply(base).orElseThrow(() -> new EngineException("pull access denied for " + base));
    }

    private static Optional<HealthCheck> healthCheck(String words) {
        Matcher check = HEALTH_CHECK.matcher(words);
        if (words.equals("NONE")) {
            return Optional.empty();
        }
        if (!check.matches()) {
            throw new EngineException("unknown flag: " + words);
        }
        return Optional.of(new HealthCheck(
                List.of("/bin/sh", "-c", check.group(4)),
                seconds(check.group(1)),
                seconds(check.group(2)),
                Integer.parseInt(check.group(3)),
                0,
                false));
    }

    private static long seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text)).toMillis();
    }

    private static void run(String command) {
        int code = exitCode(command);
        if (code != 0) {
            throw new EngineException("The command '" + command + "' returned a non-zero code: " + code);
        }
    }

    /** How a program ends at once; 0 if it does not. */
    static int exitCode(String command) {
        Matcher exit = EXIT.matcher(command);
        return isGlutton(command) ? 137 : exit.find() ? Integer.parseInt(exit.group(1)) : 0;
    }

    static boolean isGlutton(String command) {
        return command.contains(GLUTTON);
    }
}
