package dev.trailer.query;

import dev.trailer.domain.Decision;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.Resources;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostCommand.*;
import dev.trailer.domain.host.HostRules;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageCommand.*;
import dev.trailer.domain.image.ImageRules;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.reason.Step;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretCommand.CreateSecret;
import dev.trailer.domain.secret.SecretCommand.DeleteSecret;
import dev.trailer.domain.secret.SecretCommand.RenewSecret;
import dev.trailer.domain.secret.SecretRules;
import dev.trailer.domain.volume.TransferId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand.*;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.volume.VolumeRules;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceCommand.*;
import dev.trailer.domain.workspace.WorkspaceRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For tests: what comes of random commands to a few things of each kind, by the domain's own rules. */
public final class RandomLedger {
    private static final int THINGS = 3;

    private final Random random;
    private final Ledger ledger = new Ledger();
    private final Map<Object, Object> states = new HashMap<>();

    private RandomLedger(Random random) {
        this.random = random;
    }

    public static Ledger of(long seed, int commands) {
        var made = new RandomLedger(new Random(seed));
        for (int i = 0; i < commands; i++) {
            try {
                switch (made.random.nextInt(11)) {
                    case 0, 1, 2, 3, 4 -> made.workspace();
                    case 5, 6 -> made.volume();
                    case 7, 8 -> made.image();
                    case 9 -> made.host();
                    default -> made.secret();
                }
            } catch (Refused refused) {
                // Nothing happened.
            }
        }
        return made.ledger;
    }

    private void workspace() {
        var id = Things.workspace(random.nextInt(THINGS));
        var was = (Workspace) states.get(id);
        var image = Things.version(1 + random.nextInt(2));
        var spec =
                Things.spec(random.nextBoolean() ? "api" : "web", new Resources(500L + random.nextInt(2), 1L << 30, 0));
        var command = was == null
                ? new CreateWorkspace(
                        id, Ledger.OWNER, spec, image, Things.host(random.nextInt(2)), one(Desired.values()))
                : switch (random.nextInt(12)) {
                    case 0 -> new DeleteWorkspace(id, null);
                    case 1 -> new RecordRemoval(id);
                    case 2 -> new ChangeWorkspace(id, spec, image, one(Desired.values()), null);
                    case 3 -> new StartWorkspace(id, image, null);
                    case 4 -> new StopWorkspace(id, StopCause.AUTO_STOP, null);
                    case 5 -> new RestartWorkspace(id, image, null);
                    default ->
                        new RecordObservation(
                                id, new Observation(one(Phase.values()), was.generation(), reason(), null));
                };
        carry(id, was, () -> WorkspaceRules.decide(was, command), Workspace::evolve);
    }

    private void volume() {
        var id = Things.volume(random.nextInt(THINGS));
        var was = (Volume) states.get(id);
        var name = new VolumeName("home");
        var user = Things.workspace(random.nextInt(THINGS));
        var host = Things.host(random.nextInt(2));
        var command = was == null
                ? random.nextBoolean()
                        ? new CreateVolume(id, name, Ledger.OWNER, host, user)
                        : new CopyVolume(id, name, Ledger.OWNER, host, null, new VolumeId(user.value()))
                : switch (random.nextInt(8)) {
                    case 5 -> new RecordCopy(id);
                    case 6 -> new BeginRestore(id, transfer(random.nextInt(2)));
                    case 7 -> new RecordRestore(id, transfer(random.nextInt(2)), 10, "ab");
                    case 0 -> new AttachVolume(id, name, was.host(), user);
                    case 1, 2 -> new DetachVolume(id, was.workspace() == null ? user : was.workspace());
                    case 3 -> new DeleteVolume(id);
                    default -> new RecordVolumeRemoval(id);
                };
        carry(id, was, () -> VolumeRules.decide(was, command), Volume::evolve);
    }

    private static TransferId transfer(int n) {
        return new TransferId("00000000-0000-4000-8000-00000000f00" + n);
    }

    private void image() {
        var id = Things.image(random.nextInt(THINGS));
        var was = (Image) states.get(id);
        var command = was == null
                ? new DefineImage(id, new ImageName("base"), Things.dockerfile("FROM scratch"))
                : switch (random.nextInt(10)) {
                    case 8 -> new RecordVersionGone(id, 1, Things.ATTIC.id(), 1_000, null);
                    case 0, 1 -> new ReviseImage(id, Things.dockerfile("FROM v" + random.nextInt(9)), null);
                    case 2, 3, 4 -> new RequestBuild(id, Things.host(random.nextInt(2)));
                    case 7 -> new CancelBuild(id, 1 + random.nextInt(was.lastBuild() + 1));
                    case 5, 6 -> new RecordBuild(id, 1 + random.nextInt(was.lastBuild() + 1), outcome());
                    default -> random.nextInt(5) == 0 ? new RetireImage(id, null) : new RequestBuild(id, Things.ATTIC);
                };
        carry(id, was, () -> ImageRules.decide(was, command), Image::evolve);
    }

    private void host() {
        var id = Things.host(random.nextInt(THINGS)).id();
        var was = (Host) states.get(id);
        var command = was == null
                ? new RegisterHost(id, Things.host(1).name())
                : switch (random.nextInt(15)) {
                    case 0 -> new RemoveHost(id);
                    case 12, 13 -> random.nextInt(4) == 0 ? new AbandonHost(id) : new DrainHost(id);
                    case 14 -> new RotateHostToken(id, random.nextBoolean());
                    case 1, 2 -> new LoseHost(id, Ledger.START);
                    case 3, 4, 5 -> new ReturnHost(id);
                    case 6, 7 -> new CordonHost(id);
                    case 8 -> new ResumeHost(id);
                    case 9 -> new EnrolHost(id);
                    default ->
                        new ReportCapability(
                                id,
                                new Capability(
                                        new Resources(1000L * random.nextInt(9), 1L << 34, 0),
                                        "docker",
                                        "29.0",
                                        "1.52",
                                        "linux",
                                        "amd64",
                                        "0.1"));
                };
        carry(id, was, () -> HostRules.decide(was, command), Host::evolve);
    }

    private void secret() {
        var id = Things.secret(random.nextInt(THINGS));
        var was = (Secret) states.get(id);
        var command = was == null
                ? new CreateSecret(
                        id, Ledger.OWNER, new SecretName("token-" + id.value().charAt(35)))
                : random.nextInt(4) == 0 ? new DeleteSecret(id) : new RenewSecret(id, was.version() + 1);
        carry(id, was, () -> SecretRules.decide(was, command), Secret::evolve);
    }

    private <S, E extends DomainEvent> void carry(
            Object id, @Nullable S was, Supplier<Decision<E>> decision, BiFunction<@Nullable S, E, S> evolve) {
        var state = was;
        for (var event : decision.get().events()) {
            state = evolve.apply(state, event);
            ledger.record(event);
        }
        if (state != null) {
            states.put(id, state);
        }
    }

    private Reason.@Nullable Observed reason() {
        return switch (random.nextInt(5)) {
            case 0 -> new Reason.StepFailed(Step.CREATE_CONTAINER, "attempt");
            case 1 -> new Reason.AutoStopped(Duration.ofMinutes(5));
            case 2 -> new Reason.HostLost(Ledger.START);
            default -> null;
        };
    }

    private BuildOutcome outcome() {
        return one(List.of(
                        new BuildOutcome.Building(),
                        new BuildOutcome.Succeeded("sha256:1", 5),
                        new BuildOutcome.Failed(new Reason.StepFailed(Step.BUILD_IMAGE, null)))
                .toArray(BuildOutcome[]::new));
    }

    private <T> T one(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
