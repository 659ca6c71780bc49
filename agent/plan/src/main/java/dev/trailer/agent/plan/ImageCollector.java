package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes old versions of images away. One goes only if this host's agent built it; nothing that is desired here, and no container
 * on the engine, ours or another's, uses it; newer versions are there; and nothing has needed it for a while. With nothing
 * desired nothing goes: absence removes nothing.
 */
final class ImageCollector {
    /** Of each image, however old: what one goes back to, builds on, or starts next. */
    static final int KEPT_VERSIONS = 3;
    /** Since it was built, and since anything needed it as far as this process has seen. */
    static final Duration KEPT_FOR = Duration.ofDays(7);
    /** Deleting layers keeps an engine's disk busy; the rest goes next time. */
    static final int MAX_AT_ONCE = 4;

    private static final Pattern LABEL = Pattern.compile("([^/]+)/(\\d{1,9})");

    private final View view;

    ImageCollector(View view) {
        this.view = view;
    }

    List<Action> actions() {
        var actions = new ArrayList<Action>();
        if (view.desired.workspaces().isEmpty() && view.desired.builds().isEmpty()) {
            return actions;
        }
        Set<String> newest = newest(view.observed, view.us);
        for (Observed.Image image : view.observed.images()) {
            Instant since = view.memory.unneeded().get(image.id());
            if (since == null || newest.contains(image.id()) || actions.size() == MAX_AT_ONCE) {
                continue;
            }
            Instant used = since.isAfter(image.createdAt()) ? since : image.createdAt();
            String label = label(image);
            String lane = Names.imageLane(label);
            Failure failure = view.memory.failures().get(lane);
            boolean due = view.due(used.plus(KEPT_FOR)) && (failure == null || view.due(failure.retryAt()));
            if (due && !view.memory.working().containsKey(lane)) {
                actions.add(new Action.RemoveImage(
                        label,
                        image.tags().stream()
                                .filter(tag -> tag.startsWith("trailer/"))
                                .sorted()
                                .findFirst()
                                .orElse(image.id())));
            }
        }
        return actions;
    }

    /** The engine's ids of the images that this host's agent built and nothing uses now. */
    static Set<String> unneeded(Observed observed, Identity us, Set<String> needed) {
        Set<String> used =
                observed.containers().stream().map(Observed.Container::image).collect(Collectors.toSet());
        return observed.images().stream()
                .filter(image -> isOurs(image, us) && !used.contains(image.id()))
                // One that has lost its name to a newer build is needed by nobody.
                .filter(image -> image.tags().isEmpty() || !needed.contains(label(image)))
                .map(Observed.Image::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isOurs(Observed.Image image, Identity us) {
        boolean onlyOurNames = image.tags().stream().allMatch(tag -> tag.startsWith("trailer/"));
        return us.install().equals(image.labels().get(Labels.INSTALL))
                && us.host().equals(image.labels().get(Names.BUILT_BY_LABEL))
                && LABEL.matcher(label(image)).matches()
                && onlyOurNames;
    }

    private static Set<String> newest(Observed observed, Identity us) {
        Map<String, List<Observed.Image>> byImage = new HashMap<>();
        for (Observed.Image image : observed.images()) {
            if (isOurs(image, us) && !image.tags().isEmpty()) {
                byImage.computeIfAbsent(part(image, 1), _ -> new ArrayList<>()).add(image);
            }
        }
        var newest = new HashSet<String>();
        for (List<Observed.Image> versions : byImage.values()) {
            versions.sort(Comparator.comparingInt((Observed.Image image) -> Integer.parseInt(part(image, 2)))
                    .reversed());
            versions.stream().limit(KEPT_VERSIONS).forEach(image -> newest.add(image.id()));
        }
        return newest;
    }

    private static String label(Observed.Image image) {
        return image.labels().getOrDefault(Names.IMAGE_LABEL, "");
    }

    private static String part(Observed.Image image, int group) {
        Matcher matcher = LABEL.matcher(label(image));
        return matcher.matches() ? matcher.group(group) : "0";
    }
}
