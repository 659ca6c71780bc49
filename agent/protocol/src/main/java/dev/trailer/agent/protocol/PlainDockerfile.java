package dev.trailer.agent.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a Dockerfile may not ask of whoever builds it. A step runs in a container like any other; the exceptions would be
 * carried out by the engine itself, on the host, or with rights that no workspace has. The server refuses them, and so
 * does the agent. Pure; any thread.
 */
public final class PlainDockerfile {
    /** Names a program that reads the rest, instead of the engine. */
    private static final Pattern SYNTAX = Pattern.compile("(?i)#\\s*syntax\\s*=.*");

    private static final Pattern BACKTICK = Pattern.compile("(?i)#\\s*escape\\s*=\\s*`\\s*");
    private static final Pattern OURS = Pattern.compile("(?i)[\"'\\s]dev\\.trailer\\.");

    private PlainDockerfile() {}

    /** What is not allowed in it, as the rest of a sentence that begins with the field; empty if all is. */
    public static Optional<String> refusal(String text) {
        for (String line : text.lines().toList()) {
            if (SYNTAX.matcher(line.strip()).matches()) {
                return Optional.of("must not name a syntax of its own");
            }
        }
        return instructions(text).stream()
                .map(PlainDockerfile::refusalOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What is not allowed as a build argument's name, likewise. */
    public static Optional<String> argumentRefusal(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("BUILDKIT_") || upper.startsWith("DOCKER_")
                ? Optional.of("must not begin with BUILDKIT_ or DOCKER_, which the engine itself listens to")
                : Optional.empty();
    }

    private static Optional<String> refusalOf(String instruction) {
        String[] words = instruction.split("\\s+", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "ONBUILD" -> refusalOf(rest);
            case "RUN" ->
                rest.startsWith("--")
                        ? Optional.of("must not give RUN options, such as --mount, --network or --security")
                        : Optional.empty();
            case "ADD" ->
                fetches(rest)
                        ? Optional.of("must not ADD from a URL or a variable: the engine would fetch it; use RUN curl")
                        : Optional.empty();
            case "LABEL" ->
                OURS.matcher(" " + rest).find()
                        ? Optional.of("must not set labels that begin with dev.trailer.")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean fetches(String sources) {
        return sources.contains(":") || sources.contains("$");
    }

    /** Lines that go on in the next are put together; comments are left out, also those in the middle. */
    static List<String> instructions(String text) {
        var lines = text.lines().map(String::strip).toList();
        var escape = lines.stream().anyMatch(line -> BACKTICK.matcher(line).matches()) ? "`" : "\\";
        var whole = new ArrayList<String>();
        var open = new StringBuilder();
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.endsWith(escape)) {
                // Without a space: the engine puts them together like that, so that a word may go on.
                open.append(line, 0, line.length() - 1);
            } else {
                whole.add(open.append(line).toString());
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            whole.add(open.toString());
        }
        return whole;
    }
}
