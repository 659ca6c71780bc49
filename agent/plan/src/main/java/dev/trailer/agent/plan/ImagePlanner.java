package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.DesiredResource.Build;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gets images onto the engine: bases first, each once however many ask.
 *
 * <p>A workspace's need is tried again with back-off for as long as it lasts. A requested build is one attempt: it is
 * tried at once, also where another attempt has just failed, and reported failed after the first failure.
 */
final class ImagePlanner {
    /** How an image stands. */
    sealed interface Standing {
        record Ready(Observed.Image image) implements Standing {}

        record Awaited(Step step) implements Standing {}

        record Failed(Failure failure) implements Standing {}
    }

    private final View view;
    private final Map<ImageRef, Need> needs = new LinkedHashMap<>();

    ImagePlanner(View view) {
        this.view = view;
    }

    /** A workspace needs the image. */
    Standing ensure(ImageRef image) {
        return ensure(image, null, 0, new HashSet<>());
    }

    BuildReport report(Build build) {
        String name = build.image().id();
        return switch (ensure(build.image(), build.id(), build.anewSince(), new HashSet<>())) {
            case Standing.Ready(Observed.Image image) ->
                new BuildReport(name, build.build(), BuildReport.State.SUCCEEDED, image.id(), image.sizeBytes(), null);
            case Standing.Failed(Failure failure)
            when failure.requests().contains(build.id()) ->
                new BuildReport(name, build.build(), BuildReport.State.FAILED, null, 0, failure.cause());
            case Standing.Failed _, Standing.Awaited _ ->
                new BuildReport(name, build.build(), BuildReport.State.BUILDING, null, 0, null);
        };
    }

    /** @param anew how old what is there may be: the number of a build that it must at least be labelled with */
    private Standing ensure(ImageRef image, @Nullable String request, int anew, Set<ImageRef> above) {
        Optional<Observed.Image> present = view.observed.image(view.us, image);
        boolean beingRemoved = view.memory.working().get(Names.imageLane(image)) == Step.REMOVE_IMAGE;
        if (present.isPresent() && present.get().build() >= anew && !beingRemoved) {
            return new Standing.Ready(present.get());
        }
        ImageDefinition definition = view.memory.definitions().get(image);
        ImageRef base = definition instanceof ImageDefinition.Dockerfile dockerfile ? dockerfile.base() : null;
        // An image that is its own base cannot be made; the engine will say so in its own words.
        if (above.add(image) && base != null) {
            Standing standing = ensure(base, request, 0, above);
            if (!(standing instanceof Standing.Ready)) {
                return standing;
            }
        }
        String lane = Names.imageLane(image);
        // That it could not be taken away says nothing about making it.
        Failure failed = view.memory.failures().get(lane);
        Failure failure = failed == null || failed.step() == Step.REMOVE_IMAGE ? null : failed;
        Step step = view.memory.working().get(lane);
        if (step == null) {
            step = wanted(image, definition, request, anew, failure);
        }
        return failure != null ? new Standing.Failed(failure) : new Standing.Awaited(step);
    }

    private Step wanted(
            ImageRef image,
            @Nullable ImageDefinition definition,
            @Nullable String request,
            int anew,
            @Nullable Failure failure) {
        Need need = needs.computeIfAbsent(image, _ -> new Need(definition));
        need.anew = Math.max(need.anew, anew);
        if (request == null) {
            need.due |= failure == null || view.due(failure.retryAt());
        } else if (failure == null || !failure.requests().contains(request)) {
            need.requests.add(request);
            need.due = true;
        }
        return need.step();
    }

    /** In the order in which they were first needed, bases before what is built on them. */
    List<Action> actions() {
        var actions = new ArrayList<Action>();
        needs.forEach((image, need) -> {
            if (need.due) {
                actions.add(need.action(image));
            }
        });
        return actions;
    }

    private static final class Need {
        private final @Nullable ImageDefinition definition;
        private final Set<String> requests = new TreeSet<>();
        private int anew;
        private boolean due;

        Need(@Nullable ImageDefinition definition) {
            this.definition = definition;
        }

        Step step() {
            return switch (definition) {
                case null -> Step.FETCH_IMAGE;
                case ImageDefinition.Dockerfile _ -> Step.BUILD_IMAGE;
                case ImageDefinition.Reference _ -> Step.PULL_IMAGE;
            };
        }

        Action action(ImageRef image) {
            return switch (definition) {
                case null -> new Action.FetchDefinition(image, requests);
                case ImageDefinition.Dockerfile dockerfile -> new Action.BuildImage(image, dockerfile, requests, anew);
                case ImageDefinition.Reference reference -> new Action.PullImage(image, reference, requests, anew);
            };
        }
    }
}
