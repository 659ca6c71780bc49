package dev.trailer.agent.service;

import dev.trailer.agent.service.engine.EngineException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a Dockerfile as the fake engine understands: what it is built on, what fails, and what the image runs. */
final class FakeDockerfile {
    private static final Set<String> KNOWN = Set.of("ARG", "COPY", "ENV", "LABEL", "USER", "WORKDIR", "VOLUME");
    private static final Pattern EXIT = Pattern.compile("\\bexit (\\d+)");
    /** A program that asks for memory without end. */
    private static final String GLUTTON = "tail /dev/zero";

    private FakeDockerfile() {}

    /**
     * @param has whether the engine has an image
     * @return what the image runs, empty if that stays
     */
    static String build(String dockerfile, Predicate<String> has) {
        String command = "";
        for (String line : dockerfile.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+", 2);
            switch (words[0]) {
                case "" -> {}
                case "FROM" -> requireBase(words[1], has);
                case "RUN" -> run(words[1]);
                case "CMD" -> command = words[1];
                default -> {
                    if (!KNOWN.contains(words[0])) {
                        throw new EngineException("unknown instruction: " + words[0]);
                    }
                }
            }
        }
        return command;
    }

    private static void requireBase(String base, Predicate<String> has) {
        if (!base.equals("scratch") && !has.test(base)) {
            throw new EngineException("pull access denied for " + base);
        }
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
