package dev.trailer.query.images;

import static dev.trailer.query.Things.ATTIC;
import static dev.trailer.query.Things.BASE;
import static dev.trailer.query.Things.IMAGE;
import static dev.trailer.query.Things.dockerfile;
import static dev.trailer.query.Things.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.api.ImageView;
import dev.trailer.api.ImageView.HeldView;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import dev.trailer.query.Ledger;
import dev.trailer.query.images.ImageRow.Build;
import dev.trailer.query.port.HeldImages;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ImageProjectorTest {
    private static final ImageProjector PROJECTOR = new ImageProjector();
    private static final ImageDefined DEFINED = new ImageDefined(IMAGE, BASE, dockerfile("FROM debian"), 1, 1);

    @Test
    void every_version_keeps_its_source_and_its_time() {
        var row = row(Ledger.of(DEFINED, new ImageRevised(IMAGE, dockerfile("FROM alpine"), 2, 2)));
        assertThat(row.state().sources()).containsExactly(dockerfile("FROM debian"), dockerfile("FROM alpine"));
        assertThat(row.versionTimes()).containsExactly(Ledger.at(1), Ledger.at(2));
    }

    @Test
    void a_build_is_requested_then_building_then_done() {
        var ledger = Ledger.of(DEFINED, new BuildRequested(IMAGE, 1, version(1), ATTIC));
        assertThat(row(ledger).builds())
                .containsExactly(new Build(1, 1, ATTIC, null, null, Ledger.at(2), null, null, null));
        ledger.record(new BuildRecorded(IMAGE, 1, ATTIC, new BuildOutcome.Building()));
        assertThat(row(ledger).builds().getFirst().finishedAt()).isNull();
        var done = new BuildOutcome.Succeeded("sha256:1", 5);
        ledger.record(new BuildRecorded(IMAGE, 1, ATTIC, done));
        assertThat(row(ledger).builds())
                .containsExactly(new Build(1, 1, ATTIC, done, null, Ledger.at(2), Ledger.at(3), Ledger.at(4), null));
    }

    @Test
    void a_cancelled_build_has_ended_and_says_so() {
        var ledger = Ledger.of(DEFINED, new BuildRequested(IMAGE, 1, version(1), ATTIC, true))
                .record(new BuildRecorded(IMAGE, 1, ATTIC, new BuildOutcome.Building()))
                .record(new BuildCancelled(IMAGE, 1, ATTIC));
        var build = new ImageViews(_ -> Map.of(), _ -> Map.of(), host -> host)
                .of(List.of(row(ledger)))
                .getFirst()
                .builds()
                .getFirst();
        assertThat(build.state()).isEqualTo("cancelled");
        assertThat(build.noCache()).isTrue();
        assertThat(build.startedAt()).isEqualTo(Ledger.at(3));
        assertThat(build.finishedAt()).isEqualTo(Ledger.at(4));
    }

    @Test
    void only_the_latest_builds_are_kept_the_newest_first() {
        var ledger = Ledger.of(DEFINED);
        for (int build = 1; build <= ImageView.MAX_BUILDS + 5; build++) {
            ledger.record(new BuildRequested(IMAGE, build, version(1), ATTIC));
        }
        ledger.record(new BuildRecorded(IMAGE, 1, ATTIC, new BuildOutcome.Building()));
        assertThat(row(ledger).builds())
                .hasSize(ImageView.MAX_BUILDS)
                .first()
                .extracting(Build::build)
                .isEqualTo(55);
    }

    @Test
    void the_engines_own_words_are_joined_when_read() {
        var failed = new BuildOutcome.Failed(new Reason.StepFailed(Step.BUILD_IMAGE, "attempt-7"));
        var ledger = Ledger.of(DEFINED, new BuildRequested(IMAGE, 1, version(1), ATTIC))
                .record(new BuildRecorded(IMAGE, 1, ATTIC, failed));
        var views = new ImageViews(
                attempts -> attempts.contains("attempt-7") ? Map.of("attempt-7", "no space") : Map.of(),
                _ -> Map.of(),
                host -> host);
        var build = views.of(List.of(row(ledger))).getFirst().builds().getFirst();
        assertThat(build.state()).isEqualTo("failed");
        assertThat(Objects.requireNonNull(build.reason()).params()).containsEntry("detail", "no space");
    }

    @Test
    void what_hosts_have_is_joined_when_read_and_told_by_their_names() {
        var goesAt = Ledger.at(9);
        HeldImages held = images -> images.contains(IMAGE.value())
                ? Map.of(IMAGE.value(), List.of(new HeldImages.Held("h-1", 1, 1_000, "going", goesAt)))
                : Map.of();
        var view = new ImageViews(_ -> Map.of(), held, host -> host.equals("h-1") ? "attic" : host)
                .of(List.of(row(Ledger.of(DEFINED))))
                .getFirst();
        assertThat(view.held()).containsExactly(new HeldView(1, "attic", "h-1", 1_000, "going", goesAt));
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }

    private static ImageRow row(Ledger ledger) {
        return Objects.requireNonNull(Rows.of(PROJECTOR, ledger).row(IMAGE.value()));
    }
}
