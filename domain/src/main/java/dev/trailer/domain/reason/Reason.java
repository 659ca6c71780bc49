package dev.trailer.domain.reason;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trailer.domain.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something is as it is, or was refused. Problem documents, screens and the docs' table are written from this family
 * by exhaustive switches ({@link Explanations}), so that an "unknown error" does not compile. Those that are stored with
 * events ({@link Observed}) are named by {@code code} for ever.
 */
public sealed interface Reason {

    /** Why a workspace or a build is in the phase it is in. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "code")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AwaitingAgent.class, name = "awaiting_agent"),
        @JsonSubTypes.Type(value = Preparing.class, name = "preparing"),
        @JsonSubTypes.Type(value = ContainerExited.class, name = "container_exited"),
        @JsonSubTypes.Type(value = CrashLooping.class, name = "crash_looping"),
        @JsonSubTypes.Type(value = StepFailed.class, name = "step_failed"),
        @JsonSubTypes.Type(value = EngineUnavailable.class, name = "engine_unavailable"),
        @JsonSubTypes.Type(value = GpuUnavailable.class, name = "gpu_unavailable"),
        @JsonSubTypes.Type(value = Unhealthy.class, name = "unhealthy"),
        @JsonSubTypes.Type(value = HostLost.class, name = "host_lost"),
        @JsonSubTypes.Type(value = StoppedOnRequest.class, name = "stopped_on_request"),
        @JsonSubTypes.Type(value = AutoStopped.class, name = "auto_stopped"),
        @JsonSubTypes.Type(value = Drained.class, name = "drained"),
        @JsonSubTypes.Type(value = BeingRemoved.class, name = "being_removed"),
    })
    sealed interface Observed extends Reason {}

    /** Why a request or command was refused. */
    sealed interface Refusal extends Reason {}

    // ---- observed ----

    /** The host's agent has not reported on this yet. */
    record AwaitingAgent(String host) implements Observed {}

    /** The host is at work on {@code step}. */
    record Preparing(Step step) implements Observed {}

    /** The container ended by itself or from outside; it will be started again. */
    record ContainerExited(int exitCode, boolean outOfMemory) implements Observed {}

    /** The container keeps ending soon after each start; starts are spaced out. */
    record CrashLooping(int exitCode, boolean outOfMemory) implements Observed {}

    /** @param attempt where the engine's own words are kept, erasable; null if there were none */
    record StepFailed(Step step, @Nullable String attempt) implements Observed {}

    record EngineUnavailable() implements Observed {}

    /** A workspace that should have GPUs is not started without them; or a host's GPUs do not answer. */
    record GpuUnavailable(GpuTrouble trouble) implements Observed {}

    /**
     * It runs, and its health check says that it is not well.
     *
     * @param restarted whether its container is started again for that
     * @param attempt where the check's own words are kept, erasable; null if there were none
     */
    record Unhealthy(boolean restarted, @Nullable String attempt) implements Observed {}

    record HostLost(Instant lastSeen) implements Observed {}

    record StoppedOnRequest() implements Observed {}

    record AutoStopped(Duration after) implements Observed {}

    /** It was stopped because its host was drained. */
    record Drained(String host) implements Observed {}

    record BeingRemoved() implements Observed {}

    // ---- refusals that the domain or the ledger decides ----

    /** @param kind for example "workspace" */
    record NameInUse(String kind, String name) implements Refusal {}

    record NotFound(String kind, String id) implements Refusal {}

    record Stale(long expected, long actual) implements Refusal {}

    record BeingDeleted(String kind) implements Refusal {}

    /** @param host the one host that was asked for, or null if no host has room */
    record NoCapacity(@Nullable String host, Resources asked) implements Refusal {}

    record HostCordoned(String host) implements Refusal {}

    /** Nothing starts there until it is resumed. */
    record HostDrained(String host) implements Refusal {}

    /** What is only for a host that will not come back. */
    record HostOnline(String host) implements Refusal {}

    record HostNotReady(String host) implements Refusal {}

    record HostInUse(int holders) implements Refusal {}

    record VolumeInUse(String volume, String workspace) implements Refusal {}

    /** What the volume holds is not all there: it is being copied, or a restore broke off. */
    record VolumeNotWhole(String volume) implements Refusal {}

    /** What is to be copied must hold still. */
    record WorkspaceRunning(String workspace) implements Refusal {}

    /** No agent came for what was to be sent to its host, or from it. */
    record AgentAway(String host) implements Refusal {}

    /** @param why in the words of whoever broke it off */
    record TransferFailed(String why) implements Refusal {}

    record ImageIsRetired(String image) implements Refusal {}

    record ImageHasNoBuild(int build) implements Refusal {}

    record Fixed(String pointer, String what) implements Refusal {}

    /** Too many changes at once to the same thing; none of this one was done. */
    record Contended() implements Refusal {}

    /** The answer to this command is not known: it may or may not have been recorded. */
    record LedgerUnavailable() implements Refusal {}

    record KeyReused() implements Refusal {}

    /** The server does not have the key that secrets are sealed with; the log says which, and where it looked. */
    record SecretsUnavailable() implements Refusal {}

    /** A workspace or an image names a secret that was deleted. */
    record SecretGone(String secret) implements Refusal {}

    // ---- refusals at the edges ----

    record InvalidInput(List<FieldError> errors) implements Refusal {
        public InvalidInput {
            errors = List.copyOf(errors);
        }
    }

    record Unauthenticated() implements Refusal {}

    record Forbidden() implements Refusal {}

    /** A cookie-borne change that another site's page may have caused. */
    record CrossSite() implements Refusal {}

    record SignInFailed() implements Refusal {}

    record EnrolmentRefused() implements Refusal {}

    record EpochSuperseded(long epoch, long current) implements Refusal {}

    record NoSuchPath() implements Refusal {}

    record MethodNotAllowed(List<String> allowed) implements Refusal {
        public MethodNotAllowed {
            allowed = List.copyOf(allowed);
        }
    }

    record UnsupportedMediaType(String expected) implements Refusal {}

    record NotAcceptable() implements Refusal {}

    record BodyTooLarge(long maxBytes) implements Refusal {}

    record PreconditionRequired() implements Refusal {}

    /** A fault of ours; the id finds it in the server's log. */
    record Internal(String incident) implements Refusal {}
}
