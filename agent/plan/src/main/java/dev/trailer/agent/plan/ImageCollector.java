package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.HostImages.Held;
import dev.trailer.agent.protocol.HostImages.Standing;
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
import org.jspecify.annotations.Nullable;

/**
 * Takes old versions of images away. One goes only if this host's agent built it; nothing that is desired here, and no container
 * on the engine, ours or another's, uses it; newer versions are there; and nothing has needed it for a while. With nothing
 * desired nothing goes: absence removes nothing.
 */
final class ImageCollector {
    /** Deleting layers keeps an engine's disk busy; the rest goes next time. */
    static final int MAX_AT_ONCE = 4;
    /** An engine refuses while other images are built on one that has lost its name: those go first, which takes days. */
    static final Duration AFTER_FAILURE = Duration.ofHours(6);

    private static final Pattern LABEL = Pattern.compile("([^/]+)/(\\d{1,9})");

    private final View view;
    private final ImagePolicy policy;
    private final Set<String> used;
    private final Set<String> newest;
    private final boolean mayCollect;

    ImageCollector(View view, ImagePolicy policy) {
        this.view = view;
        this.policy = policy;
        used = used(view.observed);
        newest = newest();
        mayCollect =
                !view.desired.workspaces().isEmpty() || !view.desired.builds().isEmpty();
    }

    List<Action> actions() {
        var actions = new ArrayList<Action>();
        for (Observed.Image image : view.observed.images()) {
            Instant goesAt = goesAt(image);
            if (goesAt == null || actions.size() == MAX_AT_ONCE) {
                continue;
            }
            String label = label(image);
            String lane = Names.imageLane(label);
            Failure failure = view.memory.failures().get(lane);
            boolean mayTry = failure == null || view.due(failure.retryAt().plus(AFTER_FAILURE));
            if (view.due(goesAt) && mayTry && !view.memory.working().containsKey(lane)) {
                actions.add(new Action.RemoveImage(label, ourName(image)));
            }
        }
        return actions;
    }

    /** When it is taken away; null if nothing but a change of what is desired or there could bring that about. */
    private @Nullable Instant goesAt(Observed.Image image) {
        Instant since = view.memory.unneeded().get(image.id());
        if (since == null || newest.contains(image.id()) || !mayCollect) {
            return null;
        }
        Instant last = since.isAfter(image.createdAt()) ? since : image.createdAt();
        return last.plus(policy.unneeded());
    }

    /** What is there. One that has lost its name is not told of: its version is another image by now. */
    HostImages report() {
        Set<String> needed = view.memory.imageLanes(view.desired);
        List<Held> held = view.observed.images().stream()
                .filter(image -> isOurs(image, view.us) && !image.tags().isEmpty())
                .map(image -> held(image, needed))
                .sorted(Comparator.comparing(Held::image)
                        .thenComparing(Held::version, Comparator.reverseOrder())
                        .thenComparing(Held::sizeBytes))
                .limit(HostImages.MAX_HELD)
                .toList();
        return new HostImages(policy.versions(), policy.unneeded().toSeconds(), held);
    }

    private Held held(Observed.Image image, Set<String> needed) {
        Instant goesAt = goesAt(image);
        Standing standing = used.contains(image.id())
                ? Standing.IN_USE
                : needed.contains(Names.imageLane(label(image)))
                        ? Standing.NEEDED
                        : goesAt == null ? Standing.KEPT : Standing.GOING;
        return new Held(imageId(image), version(image), image.sizeBytes(), standing, goesAt);
    }

    /** The engine's ids of the images that this host's agent built and nothing uses now. */
    static Set<String> unneeded(Observed observed, Identity us, Set<String> needed) {
        Set<String> used = used(observed);
        return observed.images().stream()
                .filter(image -> isOurs(image, us) && !used.contains(image.id()))
                // One that has lost its name to a newer build is needed by nobody.
                .filter(image -> image.tags().isEmpty() || !needed.contains(label(image)))
                .map(Observed.Image::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> used(Observed observed) {
        return observed.containers().stream().map(Observed.Container::image).collect(Collectors.toSet());
    }

    private static boolean isOurs(Observed.Image image, Identity us) {
        boolean onlyOurNames = image.tags().stream().allMatch(tag -> tag.startsWith(Names.IMAGES));
        return us.install().equals(image.labels().get(Labels.INSTALL))
                && us.host().equals(image.labels().get(Names.BUILT_BY_LABEL))
                && LABEL.matcher(label(image)).matches()
                && onlyOurNames;
    }

    private Set<String> newest() {
        Map<String, List<Observed.Image>> byImage = new HashMap<>();
        for (Observed.Image image : view.observed.images()) {
            if (isOurs(image, view.us) && !image.tags().isEmpty()) {
                byImage.computeIfAbsent(imageId(image), _ -> new ArrayList<>()).add(image);
            }
        }
        var found = new HashSet<String>();
        for (List<Observed.Image> versions : byImage.values()) {
            versions.sort(Comparator.comparingInt(ImageCollector::version).reversed());
            versions.stream().limit(policy.versions()).forEach(image -> found.add(image.id()));
        }
        return found;
    }

    /** The first of them, or the engine's id where it has lost them all. */
    private static String ourName(Observed.Image image) {
        return image.tags().stream().sorted().findFirst().orElse(image.id());
    }

    private static String label(Observed.Image image) {
        return image.labels().getOrDefault(Names.IMAGE_LABEL, "");
    }

    private static String imageId(Observed.Image image) {
        return part(image, 1);
    }

    private static int version(Observed.Image image) {
        return Integer.parseInt(part(image, 2));
    }

    private static String part(Observed.Image image, int group) {
        Matcher matcher = LABEL.matcher(label(image));
        return matcher.matches() ? matcher.group(group) : "0";
    }
}
