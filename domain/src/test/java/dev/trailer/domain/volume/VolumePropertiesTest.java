package dev.trailer.domain.volume;

import static dev.trailer.domain.Seeds.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Resources;
import dev.trailer.domain.Seeds;
import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.ClaimBook;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.volume.Volume.Contents;
import dev.trailer.domain.volume.Volume.Life;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.CopyVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.ProvideVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordCopy;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopied;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestoreBegan;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestored;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds over any sequence of commands to a volume. */
class VolumePropertiesTest {
    private static final int COMMANDS = 60;

    private @Nullable Volume state;
    private ClaimBook claims = new ClaimBook();

    @Test
    void data_goes_only_by_its_own_command_and_holds_its_host_until_then() {
        Seeds.forEach(random -> {
            state = null;
            claims = new ClaimBook();
            claims.grant(List.of(new Claim.CapacityOffered(Hosts.ID.value(), Resources.NONE)));
            for (int i = 0; i < COMMANDS; i++) {
                var command = anyCommand(random);
                send(command);
                if (!(command instanceof CreateVolume
                        || command instanceof ProvideVolume
                        || command instanceof CopyVolume)) {
                    assertThat(send(command)).as("again %s", command).isEmpty();
                }
                checkClaims();
            }
        });
    }

    private List<VolumeEvent> send(VolumeCommand command) {
        var was = state;
        try {
            var decision = VolumeRules.decide(was, command);
            claims.grant(decision.claims());
            for (var event : decision.events()) {
                var next = Volume.evolve(state, event);
                checkStep(state, command, event, next);
                state = next;
            }
            return decision.events();
        } catch (Refused refused) {
            checkRefusal(was, command, refused.reason());
            return List.of();
        }
    }

    private static void checkStep(@Nullable Volume was, VolumeCommand command, VolumeEvent event, Volume next) {
        if (was == null) {
            assertThat(event).isInstanceOfAny(VolumeCreated.class, VolumeProvided.class, VolumeCopyRequested.class);
            assertThat(next.version()).isEqualTo(1);
            return;
        }
        assertThat(next.version()).isEqualTo(was.version() + 1);
        assertThat(next.host()).as("data does not move").isEqualTo(was.host());
        assertThat(next.owner()).isEqualTo(was.owner());
        switch (event) {
            case VolumeCreated _, VolumeProvided _, VolumeCopyRequested _ -> throw new AssertionError("created twice");
            case VolumeCopied _ -> assertThat(was.contents()).isInstanceOf(Contents.Copying.class);
            case VolumeRestoreBegan _ -> {
                assertThat(was.workspace()).as("user of what is replaced").isNull();
                assertThat(was.contents()).isNotInstanceOf(Contents.Copying.class);
                assertThat(was.life()).isEqualTo(Life.ACTIVE);
            }
            case VolumeRestored e -> assertThat(was.contents()).isEqualTo(new Contents.Incomplete(e.transfer()));
            case VolumeAttached _ -> {
                assertThat(was.contents())
                        .as("what is incomplete is used by nobody new")
                        .isNotInstanceOf(was.workspace() == null ? Contents.Incomplete.class : Void.class);
                if (was.workspace() != null) {
                    assertThat(next.workspace()).as("one workspace at most").isEqualTo(was.workspace());
                    assertThat(next.name()).isNotEqualTo(was.name());
                }
                assertThat(next.workspace()).isNotNull();
                assertThat(was.life()).isEqualTo(Life.ACTIVE);
            }
            case VolumeDetached _ -> {
                assertThat(was.workspace()).isNotNull();
                assertThat(next.life()).as("detaching keeps").isEqualTo(Life.ACTIVE);
            }
            case VolumeDeleted _ -> {
                assertThat(command).isInstanceOf(DeleteVolume.class);
                assertThat(was.workspace()).as("user of a volume being deleted").isNull();
                assertThat(was.life()).isEqualTo(Life.ACTIVE);
            }
            case VolumeRemoved _ -> assertThat(was.life()).isEqualTo(Life.DELETING);
        }
    }

    private static void checkRefusal(@Nullable Volume was, VolumeCommand command, Reason reason) {
        switch (reason) {
            case Reason.NotFound _ ->
                assertThat(was == null || was.life() == Life.GONE).isTrue();
            case Reason.BeingDeleted _ -> assertThat(command).isInstanceOfAny(AttachVolume.class, BeginRestore.class);
            case Reason.VolumeNotWhole _ -> {
                assertThat(command).isInstanceOfAny(AttachVolume.class, BeginRestore.class);
                assertThat(was).isNotNull().extracting(Volume::contents).isNotInstanceOf(Contents.Whole.class);
            }
            case Reason.InvalidInput _ -> assertThat(command).isInstanceOf(AttachVolume.class);
            case Reason.VolumeInUse r -> {
                assertThat(command).isInstanceOfAny(AttachVolume.class, DeleteVolume.class, BeginRestore.class);
                assertThat(was).isNotNull().extracting(Volume::workspace).isEqualTo(new WorkspaceId(r.workspace()));
            }
            default -> throw new AssertionError("unexpected refusal " + reason + " of " + command);
        }
    }

    private void checkClaims() {
        var held = state != null && state.life() != Life.GONE;
        assertThat(claims.placementOf(Volumes.ID.value()))
                .as("placement of %s", state)
                .isEqualTo(held ? new ClaimBook.Placement(Hosts.ID.value(), Resources.NONE) : null);
    }

    private VolumeCommand anyCommand(Random random) {
        var id = Volumes.ID;
        var workspace = oneOf(random, Volumes.WORKSPACE, Volumes.OTHER_WORKSPACE);
        if (state == null) {
            return switch (random.nextInt(4)) {
                case 0 -> new DeleteVolume(id);
                case 1 -> new ProvideVolume(id, Volumes.HOME, Accounts.OWNER, Hosts.ATTIC);
                case 2 ->
                    new CopyVolume(
                            id,
                            Volumes.HOME,
                            Accounts.OWNER,
                            Hosts.ATTIC,
                            random.nextBoolean() ? workspace : null,
                            Volumes.OTHER);
                default -> new CreateVolume(id, Volumes.HOME, Accounts.OWNER, Hosts.ATTIC, workspace);
            };
        }
        var name = oneOf(random, Volumes.HOME, Volumes.DATA);
        var transfer = oneOf(random, Volumes.TRANSFER, Volumes.OTHER_TRANSFER);
        return switch (random.nextInt(26)) {
            case 20, 21 -> new BeginRestore(id, transfer);
            case 22, 23 -> new RecordRestore(id, transfer, 10_240, Volumes.SHA256);
            case 24, 25 -> new RecordCopy(id);
            case 0 -> new DeleteVolume(id);
            case 1, 2 -> new RecordVolumeRemoval(id);
            case 3, 4, 5, 6, 7, 8 -> new DetachVolume(id, workspace);
            case 9 -> new AttachVolume(id, name, Hosts.CELLAR, workspace);
            default -> new AttachVolume(id, name, Hosts.ATTIC, workspace);
        };
    }
}
