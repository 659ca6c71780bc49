package dev.trailer.query.desired;

import static dev.trailer.query.Things.ATTIC;
import static dev.trailer.query.Things.CREATED;
import static dev.trailer.query.Things.IMAGE;
import static dev.trailer.query.Things.VOLUME;
import static dev.trailer.query.Things.VOLUME_CREATED;
import static dev.trailer.query.Things.WORKSPACE;
import static dev.trailer.query.Things.seen;
import static dev.trailer.query.Things.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.workspace.GitSource;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import dev.trailer.domain.workspace.WorkspaceSpec;
import dev.trailer.query.Ledger;
import dev.trailer.query.Things;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DesiredProjectorTest {
    private static final DesiredProjector PROJECTOR = new DesiredProjector();
    private static final String ID = WORKSPACE.value();
    private static final String BUILD = IMAGE.value() + "/1";

    private static DesiredResource resource(Ledger ledger, String id) {
        var row = Objects.requireNonNull(Rows.of(PROJECTOR, ledger).row(id));
        assertThat(row.host()).isEqualTo(ATTIC.id());
        return row.resource();
    }

    private static DesiredResource.Workspace workspace(Ledger ledger) {
        return (DesiredResource.Workspace) resource(ledger, ID);
    }

    @Nested
    class OfAWorkspace {
        @Test
        void its_host_is_told_all_that_it_needs_to_run_it() {
            var desired = workspace(Ledger.of(CREATED));
            assertThat(desired.power()).isEqualTo(Power.RUNNING);
            assertThat(desired.generation()).isEqualTo(1);
            assertThat(desired.containerGeneration()).isEqualTo(1);
            assertThat(desired.image()).isEqualTo(new DesiredResource.ImageRef(IMAGE.value(), "base", 1));
            assertThat(desired.memoryBytes()).isEqualTo(1L << 30);
            assertThat(desired.env()).containsEntry("EDITOR", "vi");
            assertThat(desired.mounts()).containsExactly(new DesiredResource.Mount(VOLUME.value(), "/home/dev"));
        }

        @Test
        void of_its_secrets_its_host_is_told_the_ids_and_never_a_value() {
            var plain = Things.spec("api", Things.SMALL);
            var secret = new SecretRef(Things.SECRET, new SecretName("github-token"));
            var spec = new WorkspaceSpec(
                    plain.name(),
                    plain.resources(),
                    plain.env(),
                    plain.volumes(),
                    plain.apps(),
                    plain.autoStop(),
                    List.of(secret),
                    new LinkedHashMap<>(Map.of("TOKEN", secret)),
                    new GitSource("https://git.example/api.git", "main", secret));
            var id = Things.SECRET.value();
            var ledger = Ledger.of(CREATED, new WorkspaceChanged(WORKSPACE, spec, version(1), 2, 2));
            for (int stops = 0; stops < 2; stops++) {
                var desired = workspace(ledger);
                assertThat(desired.secrets()).containsExactly(new DesiredResource.SecretFile(id, "github-token"));
                assertThat(desired.secretEnv()).containsExactly(Map.entry("TOKEN", id));
                assertThat(desired.git())
                        .isEqualTo(new DesiredResource.Git("https://git.example/api.git", "main", "/home/dev/api", id));
                ledger.record(new WorkspaceStopRequested(WORKSPACE, StopCause.REQUEST, 3));
            }
        }

        @Test
        void stopping_keeps_the_container_and_starting_takes_the_image_asked_for() {
            var ledger = Ledger.of(CREATED, new WorkspaceStopRequested(WORKSPACE, StopCause.REQUEST, 2));
            assertThat(workspace(ledger).power()).isEqualTo(Power.STOPPED);
            assertThat(workspace(ledger).containerGeneration()).isEqualTo(1);
            ledger.record(new WorkspaceStartRequested(WORKSPACE, version(2), 3, 3));
            assertThat(workspace(ledger).power()).isEqualTo(Power.RUNNING);
            assertThat(workspace(ledger).image().version()).isEqualTo(2);
            assertThat(workspace(ledger).containerGeneration()).isEqualTo(3);
        }

        @Test
        void a_change_keeps_whether_it_runs() {
            var spec = Things.spec("web", new dev.trailer.domain.Resources(700, 1L << 30, 0));
            var desired = workspace(Ledger.of(CREATED, new WorkspaceChanged(WORKSPACE, spec, version(1), 2, 2)));
            assertThat(desired.power()).isEqualTo(Power.RUNNING);
            assertThat(desired.name()).isEqualTo("web");
            assertThat(desired.cpuMillis()).isEqualTo(700);
        }

        @Test
        void what_is_observed_does_not_move_its_revision() {
            var rows = Rows.of(PROJECTOR, Ledger.of(CREATED, seen(Phase.RUNNING, 1, "c0ffee")));
            assertThat(rows.position(ID)).isEqualTo(1);
        }

        @Test
        void deleted_it_is_to_be_removed_and_then_forgotten() {
            var ledger = Ledger.of(CREATED, new WorkspaceDeleted(WORKSPACE, 2));
            assertThat(workspace(ledger).power()).isEqualTo(Power.REMOVED);
            ledger.record(seen(Phase.STOPPED, 2, null)).record(new WorkspaceRemoved(WORKSPACE));
            assertThat(resource(ledger, ID)).isEqualTo(new DesiredResource.Forget(ID));
        }
    }

    @Nested
    class OfAVolume {
        @Test
        void it_stays_while_nobody_deletes_it() {
            var ledger = Ledger.of(VOLUME_CREATED, new VolumeDetached(VOLUME, WORKSPACE));
            assertThat(resource(ledger, VOLUME.value())).isEqualTo(new DesiredResource.Volume(VOLUME.value(), false));
            assertThat(Rows.of(PROJECTOR, ledger).position(VOLUME.value())).isEqualTo(1);
        }

        @Test
        void deleted_it_is_to_be_removed_and_then_forgotten() {
            var ledger = Ledger.of(VOLUME_CREATED, new VolumeDeleted(VOLUME));
            assertThat(resource(ledger, VOLUME.value())).isEqualTo(new DesiredResource.Volume(VOLUME.value(), true));
            ledger.record(new VolumeRemoved(VOLUME));
            assertThat(resource(ledger, VOLUME.value())).isEqualTo(new DesiredResource.Forget(VOLUME.value()));
        }
    }

    @Nested
    class OfABuild {
        @Test
        void it_is_wanted_until_its_outcome_is_final() {
            var ledger = Ledger.of(
                    new BuildRequested(IMAGE, 1, version(3), ATTIC),
                    new BuildRecorded(IMAGE, 1, ATTIC, new BuildOutcome.Building()));
            assertThat(resource(ledger, BUILD))
                    .isEqualTo(new DesiredResource.Build(
                            BUILD, 1, new DesiredResource.ImageRef(IMAGE.value(), "base", 3)));
            assertThat(Rows.of(PROJECTOR, ledger).position(BUILD)).isEqualTo(1);
            ledger.record(new BuildRecorded(IMAGE, 1, ATTIC, new BuildOutcome.Succeeded("sha256:1", 5)));
            assertThat(resource(ledger, BUILD)).isEqualTo(new DesiredResource.Forget(BUILD));
        }

        @Test
        void it_is_wanted_no_more_once_it_is_cancelled() {
            var ledger = Ledger.of(new BuildRequested(IMAGE, 1, version(3), ATTIC, true));
            assertThat(resource(ledger, BUILD))
                    .isEqualTo(new DesiredResource.Build(
                            BUILD, 1, new DesiredResource.ImageRef(IMAGE.value(), "base", 3), true));
            ledger.record(new BuildCancelled(IMAGE, 1, ATTIC));
            assertThat(resource(ledger, BUILD)).isEqualTo(new DesiredResource.Forget(BUILD));
        }
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }
}
