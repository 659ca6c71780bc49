package dev.trailer.agent.protocol;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The images that are not ours which a Dockerfile takes from, by {@code FROM} and {@code COPY --from}. Pure; any thread.
 *
 * @param references as they are written
 * @param areWritten false if some of them are variables, so that only the engine knows what they name
 */
public record ForeignImages(Set<String> references, boolean areWritten) {
    /** Where a name without a registry is looked for. */
    private static final String USUAL = "docker.io";

    private static final String OURS = "trailer/";
    private static final String NOTHING = "scratch";
    private static final String COPIED_FROM = "--from=";
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    public ForeignImages {
        references = Set.copyOf(references);
    }

    public static ForeignImages of(String dockerfile) {
        var stages = new HashSet<String>();
        var found = new LinkedHashSet<String>();
        for (String instruction : PlainDockerfile.instructions(dockerfile)) {
            var words = List.of(instruction.split("\\s+"));
            switch (words.getFirst().toUpperCase(Locale.ROOT)) {
                case "FROM" -> {
                    var named = words.stream()
                            .skip(1)
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    if (!named.isEmpty()) {
                        add(named.getFirst(), stages, found);
                        stages.add(named.getLast().toLowerCase(Locale.ROOT));
                    }
                }
                case "COPY" ->
                    words.stream()
                            .filter(word -> word.startsWith(COPIED_FROM))
                            .map(word -> word.substring(COPIED_FROM.length()))
                            .filter(name -> !NUMBER.matcher(name).matches())
                            .forEach(name -> add(name, stages, found));
                default -> {
                    // Nothing else takes from an image.
                }
            }
        }
        return new ForeignImages(found, found.stream().noneMatch(name -> name.contains("$")));
    }

    private static void add(String name, Set<String> stages, Set<String> found) {
        if (!name.startsWith(OURS) && !name.equals(NOTHING) && !stages.contains(name.toLowerCase(Locale.ROOT))) {
            found.add(name);
        }
    }

    /** The one registry that all of them are of; empty if there is none, or several, or not all are written. */
    public Optional<String> registry() {
        var registries = references.stream().map(ForeignImages::registryOf).collect(Collectors.toSet());
        return areWritten && registries.size() == 1
                ? Optional.of(registries.iterator().next())
                : Optional.empty();
    }

    /** As engines read it: the first part names a registry if it could be a host. */
    public static String registryOf(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : USUAL;
    }
}
