package dev.trailer.query.images;

import dev.trailer.api.ImageView;
import dev.trailer.api.ImageView.BuildView;
import dev.trailer.api.ImageView.HeldView;
import dev.trailer.api.ReasonView;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.reason.Reason;
import dev.trailer.query.images.ImageRow.Build;
import dev.trailer.query.port.AttemptNotes;
import dev.trailer.query.port.HeldImages;
import dev.trailer.query.port.HeldImages.Held;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rows as documents, with the engine's own words to failed builds. Any thread; blocks on the database. */
final class ImageViews {
    private final AttemptNotes notes;
    private final HeldImages held;
    private final UnaryOperator<String> hostNames;

    /** @param hostNames from id to name */
    ImageViews(AttemptNotes notes, HeldImages held, UnaryOperator<String> hostNames) {
        this.notes = notes;
        this.held = held;
        this.hostNames = hostNames;
    }

    List<ImageView> of(List<ImageRow> rows) {
        var attempts = rows.stream()
                .flatMap(row -> row.builds().stream())
                .map(ImageViews::attempt)
                .filter(Objects::nonNull)
                .toList();
        var details = attempts.isEmpty() ? Map.<String, String>of() : notes.detailsOf(attempts);
        var there = held.of(rows.stream().map(row -> row.state().id().value()).toList());
        return rows.stream()
                .map(row ->
                        view(row, details, there.getOrDefault(row.state().id().value(), List.of())))
                .toList();
    }

    private ImageView view(ImageRow row, Map<String, String> details, List<Held> there) {
        var builds = row.builds().stream().map(build -> view(build, details)).toList();
        return ImageView.of(
                row.state(),
                row.versionTimes(),
                builds,
                there.stream().map(this::view).toList(),
                row.createdAt());
    }

    private HeldView view(Held one) {
        return new HeldView(
                one.version(), hostNames.apply(one.host()), one.host(), one.sizeBytes(), one.standing(), one.goesAt());
    }

    private static BuildView view(Build build, Map<String, String> details) {
        var outcome = build.outcome();
        var succeeded = outcome instanceof BuildOutcome.Succeeded s ? s : null;
        return new BuildView(
                build.build(),
                build.version(),
                build.host().name().value(),
                build.host().id().value(),
                build.wasCancelled() ? "cancelled" : state(outcome),
                reason(build, details),
                succeeded == null ? null : succeeded.digest(),
                succeeded == null ? null : succeeded.sizeBytes(),
                Boolean.TRUE.equals(build.noCache()),
                build.requestedAt(),
                build.startedAt(),
                build.finishedAt());
    }

    private static String state(@Nullable BuildOutcome outcome) {
        return switch (outcome) {
            case null -> "requested";
            case BuildOutcome.Building _ -> "building";
            case BuildOutcome.Succeeded _ -> "succeeded";
            case BuildOutcome.Failed _ -> "failed";
        };
    }

    private static @Nullable ReasonView reason(Build build, Map<String, String> details) {
        if (!(build.outcome() instanceof BuildOutcome.Failed failed)) {
            return null;
        }
        var reason = ReasonView.of(failed.reason());
        var attempt = attempt(build);
        var detail = attempt == null ? null : details.get(attempt);
        return reason == null || detail == null ? reason : reason.withDetail(detail);
    }

    private static @Nullable String attempt(Build build) {
        return build.outcome() instanceof BuildOutcome.Failed(Reason.StepFailed failed) ? failed.attempt() : null;
    }
}
