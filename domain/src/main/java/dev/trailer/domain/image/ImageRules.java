package dev.trailer.domain.image;

import dev.trailer.domain.Decision;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.image.ImageCommand.CancelBuild;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageCommand.RecordVersionGone;
import dev.trailer.domain.image.ImageCommand.RequestBuild;
import dev.trailer.domain.image.ImageCommand.RetireImage;
import dev.trailer.domain.image.ImageCommand.ReviseImage;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import org.jspecify.annotations.Nullable;

/** What may happen to an image. Pure; any thread. */
public final class ImageRules {
    private ImageRules() {}

    /**
     * @param state null if there is no such image
     * @throws Refused with the reason, if the command may not be carried out
     */
    public static Decision<ImageEvent> decide(@Nullable Image state, ImageCommand command) {
        if (state == null && command instanceof DefineImage define) {
            return define(define);
        }
        if (state == null) {
            throw new Refused(new Reason.NotFound("image", command.image().value()));
        }
        return switch (command) {
            case DefineImage c -> throw new IllegalStateException("made twice: " + c.target());
            case ReviseImage c -> revise(active(state, c.ifGeneration()), c);
            case RequestBuild c ->
                Decision.of(new BuildRequested(
                        c.image(),
                        active(state, null).lastBuild() + 1,
                        state.latest(),
                        c.host(),
                        c.noCache() ? true : null));
            case CancelBuild c -> cancel(state, c);
            case RecordBuild c -> record(state, c);
            case RecordVersionGone c -> recordGone(state, c);
            case RetireImage c -> retire(state, c);
        };
    }

    private static Decision<ImageEvent> define(DefineImage c) {
        return Decision.<ImageEvent>of(new ImageDefined(c.image(), c.name(), c.source(), 1, 1))
                .claiming(new Claim.NameTaken(
                        NameSpace.IMAGES, c.name().value(), c.image().value()));
    }

    private static Decision<ImageEvent> revise(Image was, ReviseImage c) {
        if (was.sources().getLast().equals(c.source())) {
            return Decision.nothing();
        }
        return Decision.of(new ImageRevised(was.id(), c.source(), was.latestVersion() + 1, was.generation() + 1));
    }

    /** Also of a retired image: what it was asked to build before goes on. */
    private static Decision<ImageEvent> cancel(Image was, CancelBuild c) {
        requireBuild(was, c.build());
        var open = was.openBuilds().get(c.build());
        return open == null ? Decision.nothing() : Decision.of(new BuildCancelled(was.id(), c.build(), open.host()));
    }

    private static void requireBuild(Image was, int build) {
        if (build < 1 || build > was.lastBuild()) {
            throw new Refused(new Reason.ImageHasNoBuild(build));
        }
    }

    private static Decision<ImageEvent> record(Image was, RecordBuild c) {
        requireBuild(was, c.build());
        var open = was.openBuilds().get(c.build());
        // A final outcome stays: what comes later is a report delivered twice.
        if (open == null || c.outcome().equals(open.latest())) {
            return Decision.nothing();
        }
        return Decision.of(new BuildRecorded(was.id(), c.build(), open.host(), c.outcome()));
    }

    /** Also of a retired image, whose versions go like any other's. What was never defined was never there. */
    private static Decision<ImageEvent> recordGone(Image was, RecordVersionGone c) {
        return c.version() < 1 || c.version() > was.latestVersion()
                ? Decision.nothing()
                : Decision.of(new VersionGone(
                        was.id(), c.version(), c.host(), Math.max(0, c.sizeBytes()), c.unneededSince()));
    }

    private static Decision<ImageEvent> retire(Image was, RetireImage c) {
        if (was.retired()) {
            return Decision.nothing();
        }
        requireGeneration(was, c.ifGeneration());
        return Decision.<ImageEvent>of(new ImageRetired(was.id(), was.generation() + 1))
                .claiming(new Claim.NameFreed(
                        NameSpace.IMAGES, was.name().value(), was.id().value()));
    }

    private static Image active(Image state, @Nullable Long ifGeneration) {
        if (state.retired()) {
            throw new Refused(new Reason.ImageIsRetired(state.name().value()));
        }
        requireGeneration(state, ifGeneration);
        return state;
    }

    private static void requireGeneration(Image state, @Nullable Long ifGeneration) {
        if (ifGeneration != null && ifGeneration != state.generation()) {
            throw new Refused(new Reason.Stale(ifGeneration, state.generation()));
        }
    }
}
