package dev.trailer.domain.image;

import static dev.trailer.domain.Seeds.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Seeds;
import dev.trailer.domain.claim.ClaimBook;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.BuildOutcome.Building;
import dev.trailer.domain.image.BuildOutcome.Failed;
import dev.trailer.domain.image.BuildOutcome.Succeeded;
import dev.trailer.domain.image.ImageCommand.CancelBuild;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageCommand.RequestBuild;
import dev.trailer.domain.image.ImageCommand.RetireImage;
import dev.trailer.domain.image.ImageCommand.ReviseImage;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds over any sequence of commands to several images that want the same few names. */
class ImagePropertiesTest {
    private static final int IMAGES = 3;
    private static final int COMMANDS = 80;

    private record Build(ImageId image, int number) {}

    private final Map<ImageId, Image> states = new LinkedHashMap<>();
    private final Set<Build> closed = new HashSet<>();
    private ClaimBook claims = new ClaimBook();

    @Test
    void generations_versions_builds_and_names_stay_consistent() {
        Seeds.forEach(random -> {
            states.clear();
            closed.clear();
            claims = new ClaimBook();
            for (int i = 0; i < COMMANDS; i++) {
                var command = anyCommand(random);
                send(command);
                if (!(command instanceof DefineImage || command instanceof RequestBuild)) {
                    assertThat(send(command)).as("again %s", command).isEmpty();
                }
                states.values().forEach(this::checkName);
            }
        });
    }

    private List<ImageEvent> send(ImageCommand command) {
        var was = states.get(command.image());
        Decision<ImageEvent> decision;
        try {
            decision = ImageRules.decide(was, command);
            claims.grant(decision.claims());
        } catch (Refused refused) {
            checkRefusal(was, command, refused.reason());
            return List.of();
        }
        var state = was;
        for (var event : decision.events()) {
            var next = Image.evolve(state, event);
            checkStep(state, event, next);
            state = next;
        }
        if (state != null) {
            states.put(command.image(), state);
        }
        return decision.events();
    }

    private void checkStep(@Nullable Image was, ImageEvent event, Image next) {
        assertThat(next.openBuilds().keySet())
                .as("open builds")
                .allMatch(build -> build >= 1 && build <= next.lastBuild());
        if (was == null) {
            assertThat(next.version()).isEqualTo(1);
            assertThat(next.generation()).isEqualTo(1);
            return;
        }
        assertThat(next.version()).isEqualTo(was.version() + 1);
        var intent = event instanceof ImageRevised || event instanceof ImageRetired;
        assertThat(next.generation()).as("generation after %s", event).isEqualTo(was.generation() + (intent ? 1 : 0));
        assertThat(next.sources())
                .as("versions are only added")
                .startsWith(was.sources().toArray(ImageSource[]::new));
        assertThat(next.latestVersion()).isEqualTo(was.latestVersion() + (event instanceof ImageRevised ? 1 : 0));
        if (was.retired()) {
            assertThat(event)
                    .as("after it was retired")
                    .isInstanceOfAny(BuildRecorded.class, BuildCancelled.class, VersionGone.class);
        }
        if (event instanceof BuildRequested e) {
            assertThat(e.build()).isEqualTo(was.lastBuild() + 1);
            assertThat(e.of()).isEqualTo(was.latest());
        }
        if (event instanceof BuildCancelled e) {
            assertThat(closed.add(new Build(e.image(), e.build())))
                    .as("%s after its end", event)
                    .isTrue();
        }
        if (event instanceof BuildRecorded e) {
            var build = new Build(e.image(), e.build());
            assertThat(closed).as("%s after its end", event).doesNotContain(build);
            if (!(e.outcome() instanceof Building)) {
                closed.add(build);
            }
        }
    }

    private void checkRefusal(@Nullable Image was, ImageCommand command, Reason reason) {
        switch (reason) {
            case Reason.NotFound _ -> assertThat(was).isNull();
            case Reason.ImageIsRetired _ ->
                assertThat(was).isNotNull().extracting(Image::retired).isEqualTo(true);
            case Reason.Stale r -> {
                assertThat(was).isNotNull().extracting(Image::generation).isEqualTo(r.actual());
                assertThat(r.expected()).isNotEqualTo(r.actual());
            }
            case Reason.ImageHasNoBuild _ -> assertThat(command).isInstanceOfAny(RecordBuild.class, CancelBuild.class);
            case Reason.NameInUse r ->
                assertThat(claims.holderOf(NameSpace.IMAGES, r.name()))
                        .isNotNull()
                        .isNotEqualTo(command.target());
            default -> throw new AssertionError("unexpected refusal " + reason + " of " + command);
        }
    }

    private void checkName(Image state) {
        var id = state.id().value();
        assertThat(claims.namesOf(id)).as("names of %s", state).isEqualTo(state.retired() ? 0 : 1);
        if (!state.retired()) {
            assertThat(claims.holderOf(NameSpace.IMAGES, state.name().value())).isEqualTo(id);
        }
    }

    private ImageCommand anyCommand(Random random) {
        var id = Images.id(random.nextInt(IMAGES));
        var was = states.get(id);
        if (was == null) {
            return random.nextInt(10) == 0
                    ? new RequestBuild(id, Hosts.ATTIC)
                    : new DefineImage(id, new ImageName(oneOf(random, "base", "pg")), anySource(random));
        }
        return switch (random.nextInt(24)) {
            case 0 -> new RetireImage(id, expectedGeneration(random, was));
            case 1, 2, 3, 4, 5, 6 -> new ReviseImage(id, anySource(random), expectedGeneration(random, was));
            case 7, 8, 9, 10 -> new RequestBuild(id, oneOf(random, Hosts.ATTIC, Hosts.CELLAR), random.nextBoolean());
            case 11, 12 -> new CancelBuild(id, random.nextInt(was.lastBuild() + 2));
            default -> new RecordBuild(id, random.nextInt(was.lastBuild() + 2), anyOutcome(random));
        };
    }

    private static @Nullable Long expectedGeneration(Random random, Image was) {
        return switch (random.nextInt(5)) {
            case 0 -> was.generation();
            case 1 -> was.generation() + 1;
            default -> null;
        };
    }

    private static ImageSource anySource(Random random) {
        return oneOf(random, Images.DEBIAN, Images.POSTGRES, Images.dockerfile("FROM scratch"));
    }

    private static BuildOutcome anyOutcome(Random random) {
        return oneOf(
                random,
                new Building(),
                new Building(),
                new Succeeded("sha256:c0ffee", 1),
                new Failed(new Reason.EngineUnavailable()));
    }
}
