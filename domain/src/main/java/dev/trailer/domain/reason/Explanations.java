package dev.trailer.domain.reason;

import dev.trailer.domain.Resources;
import java.time.Duration;
import java.util.List;

/** Words for every {@link Reason}: the only place where they are written. Pure; any thread. */
public final class Explanations {
    private static final Remedy FREE_CAPACITY =
            new Remedy("POST /api/v1/workspaces/{id}/stop", "Stop a workspace, ask for less, or add a host");

    private Explanations() {}

    public static Explanation of(Reason reason) {
        return switch (reason) {
            case Reason.Observed observed -> observed(observed);
            case Reason.Refusal refusal -> refusal(refusal);
        };
    }

    private static Explanation observed(Reason.Observed reason) {
        return switch (reason) {
            case Reason.AwaitingAgent r ->
                plain("awaiting_agent", "Waiting for the host", "Waiting for host " + r.host() + " to report.");
            case Reason.Preparing r ->
                plain(
                        "preparing",
                        "Preparing",
                        "The host is about to " + r.step().words() + ".");
            case Reason.ContainerExited r ->
                plain(
                        "container_exited",
                        "Container ended",
                        "The container ended" + how(r.exitCode(), r.outOfMemory()) + " and is being started again.");
            case Reason.CrashLooping r ->
                remedied(
                        "crash_looping",
                        "Container keeps ending",
                        "The container keeps ending soon after it starts" + how(r.exitCode(), r.outOfMemory())
                                + "; it is started again at growing intervals.",
                        new Remedy("PATCH /api/v1/workspaces/{id}", "Change the image, the memory or the environment"));
            case Reason.StepFailed r ->
                remedied(
                        "step_failed",
                        "A step failed",
                        "The host could not " + r.step().words() + "; it tries again at growing intervals.",
                        remedyFor(r.step()));
            case Reason.EngineUnavailable r ->
                plain("engine_unavailable", "Engine does not answer", "The host's container engine does not answer.");
            case Reason.GpuUnavailable r ->
                remedied("gpu_unavailable", "GPU not available", r.trouble().words(), remedyFor(r.trouble()));
            case Reason.Unhealthy r ->
                remedied(
                        "unhealthy",
                        "Not healthy",
                        r.restarted()
                                ? "Its health check fails; its container is started again at growing intervals."
                                : "Its health check fails; it keeps running.",
                        new Remedy("PATCH /api/v1/workspaces/{id}", "Mend what runs inside, or change healthCheck"));
            case Reason.HostLost r ->
                remedied(
                        "host_lost",
                        "Host lost",
                        "The host has not been heard from since " + r.lastSeen()
                                + ". What ran there may still run; it is shown again when the host returns.",
                        new Remedy("GET /api/v1/hosts/{id}", "Look at the host"));
            case Reason.StoppedOnRequest r ->
                remedied(
                        "stopped_on_request",
                        "Stopped",
                        "Somebody stopped it.",
                        new Remedy("POST /api/v1/workspaces/{id}/start", "Start it"));
            case Reason.AutoStopped r ->
                remedied(
                        "auto_stopped",
                        "Stopped by its timer",
                        "It was stopped by itself after " + words(r.after()) + ".",
                        new Remedy("POST /api/v1/workspaces/{id}/start", "Start it"));
            case Reason.Drained r ->
                remedied(
                        "drained",
                        "Stopped for its host",
                        "It was stopped because host " + r.host() + " was drained.",
                        new Remedy("POST /api/v1/hosts/{id}/resume", "Resume the host, then start it"));
            case Reason.BeingRemoved r ->
                plain("being_removed", "Being removed", "It was deleted; the host is removing its container.");
        };
    }

    private static Explanation refusal(Reason.Refusal reason) {
        return switch (reason) {
            case Reason.NameInUse r ->
                field(
                        "name_in_use",
                        "Name in use",
                        "There is already " + article(r.kind()) + " named " + r.name() + ".",
                        "/name",
                        "choose another name");
            case Reason.NotFound r -> plain("not_found", "Not found", "There is no such " + r.kind() + ".");
            case Reason.Stale r ->
                plain(
                        "stale",
                        "Changed meanwhile",
                        "It was changed meanwhile: you have generation " + r.expected() + ", it is at " + r.actual()
                                + ". Read it again.");
            case Reason.BeingDeleted r ->
                plain("being_deleted", "Being deleted", "This " + r.kind() + " is being deleted.");
            case Reason.NoCapacity r -> noCapacity(r);
            case Reason.HostCordoned r ->
                new Explanation(
                        "host_cordoned",
                        "Host is cordoned",
                        "Host " + r.host() + " takes no new workspaces.",
                        new Remedy("POST /api/v1/hosts/{id}/resume", "Resume the host, or choose another"),
                        List.of(new FieldError("/host", "host_cordoned", "choose another host, or none")));
            case Reason.HostDrained r ->
                remedied(
                        "host_drained",
                        "Host is drained",
                        "Host " + r.host() + " is out of service: nothing starts there until it is resumed.",
                        new Remedy("POST /api/v1/hosts/{id}/resume", "Resume the host"));
            case Reason.HostOnline r ->
                remedied(
                        "host_online",
                        "Host is online",
                        "Host " + r.host() + " answers. Only a host that will not come back is given up.",
                        new Remedy("POST /api/v1/hosts/{id}/drain", "Drain it, then delete what is there"));
            case Reason.HostNotReady r ->
                field(
                        "host_not_ready",
                        "Host is not ready",
                        "Host " + r.host() + " is not online.",
                        "/host",
                        "choose a host that is online, or none");
            case Reason.HostInUse r ->
                remedied(
                        "host_in_use",
                        "Host in use",
                        (r.holders() == 1 ? "A workspace or volume is" : r.holders() + " workspaces or volumes are")
                                + " still on this host.",
                        new Remedy("GET /api/v1/workspaces?host={name}", "Delete them first"));
            case Reason.VolumeInUse r ->
                remedied(
                        "volume_in_use",
                        "Volume in use",
                        "Volume " + r.volume() + " is in use by workspace " + r.workspace() + ".",
                        new Remedy("DELETE /api/v1/workspaces/{id}", "Delete or change that workspace first"));
            case Reason.VolumeNotWhole r ->
                remedied(
                        "volume_not_whole",
                        "Volume is not whole",
                        "Volume " + r.volume() + " is being copied, or a restore into it broke off.",
                        new Remedy(
                                "GET /api/v1/volumes/{id}", "Wait for the copy, restore again, or delete the volume"));
            case Reason.WorkspaceRunning r ->
                remedied(
                        "workspace_running",
                        "Workspace is running",
                        "Workspace " + r.workspace() + " is running, so what it writes could be copied by halves.",
                        new Remedy("POST /api/v1/workspaces/{id}/stop", "Stop the workspace first"));
            case Reason.AgentAway r ->
                remedied(
                        "agent_away",
                        "Agent did not come",
                        "The agent of host " + r.host() + " did not come for it in time.",
                        new Remedy("GET /api/v1/hosts/{id}", "Look at the host, then try again"));
            case Reason.TransferFailed r ->
                plain("transfer_failed", "Transfer broke off", "The archive did not arrive whole: " + r.why());
            case Reason.ImageIsRetired r ->
                field(
                        "image_retired",
                        "Image is retired",
                        "Image " + r.image() + " is retired.",
                        "/image",
                        "choose an image that is not retired");
            case Reason.ImageHasNoBuild r ->
                plain("no_such_build", "No such build", "There is no build " + r.build() + " of this image.");
            case Reason.Fixed r ->
                field(
                        "fixed",
                        "Cannot be changed",
                        "The " + r.what() + " cannot be changed.",
                        r.pointer(),
                        "leave it out");
            case Reason.Contended r ->
                plain(
                        "contended",
                        "Busy",
                        "Others are changing the same thing right now. Nothing was done; try again.");
            case Reason.LedgerUnavailable r ->
                plain(
                        "ledger_unavailable",
                        "Store unavailable",
                        "The store does not answer. If this was a change, it is not known whether it was recorded:"
                                + " try again with the same Idempotency-Key.");
            case Reason.KeyReused r ->
                field(
                        "idempotency_key_reused",
                        "Idempotency-Key reused",
                        "This Idempotency-Key was used for another request.",
                        "Idempotency-Key:",
                        "use a new key for a new request");
            case Reason.SecretsUnavailable r ->
                plain(
                        "secrets_unavailable",
                        "Secrets cannot be opened",
                        "The server does not have the key that secrets are sealed with; its log says which is missing."
                                + " Everything else goes on.");
            case Reason.SecretGone r ->
                remedied(
                        "secret_gone",
                        "Secret was deleted",
                        "The secret " + r.secret() + " was deleted.",
                        new Remedy(
                                "PATCH /api/v1/workspaces/{id}", "Take it out of the workspace, or keep another one"));
            case Reason.InvalidInput r ->
                new Explanation("invalid", "Invalid request", sentence(r.errors()), null, r.errors());
            case Reason.Unauthenticated r ->
                remedied(
                        "unauthenticated",
                        "Not signed in",
                        "Sign in, or send an API token as Authorization: Bearer.",
                        new Remedy("POST /api/v1/session", "Sign in"));
            case Reason.Forbidden r -> plain("forbidden", "Not allowed", "You may not do this.");
            case Reason.CrossSite r ->
                plain("cross_site", "From another site", "This change did not come from a page of this server.");
            case Reason.SignInFailed r ->
                plain("sign_in_failed", "Sign-in failed", "The link is used up, expired or wrong. Ask for a new one.");
            case Reason.EnrolmentRefused r ->
                remedied(
                        "enrolment_refused",
                        "Enrolment refused",
                        "The enrolment token is used up, expired or wrong.",
                        new Remedy("POST /api/v1/hosts", "Register the host again for a new token"));
            case Reason.EpochSuperseded r ->
                plain(
                        "epoch_superseded",
                        "Another agent took over",
                        "Session " + r.epoch() + " of this host was superseded by " + r.current()
                                + ": another agent process has started with its credentials.");
            case Reason.NoSuchPath r -> plain("no_such_path", "No such path", "There is nothing at this path.");
            case Reason.MethodNotAllowed r ->
                plain(
                        "method_not_allowed",
                        "Method not allowed",
                        "Allowed here: " + String.join(", ", r.allowed()) + ".");
            case Reason.UnsupportedMediaType r ->
                plain("unsupported_media_type", "Unsupported media type", "Send " + r.expected() + ".");
            case Reason.NotAcceptable r ->
                plain("not_acceptable", "Not acceptable", "This answer exists only as JSON.");
            case Reason.BodyTooLarge r ->
                plain("body_too_large", "Body too large", "A body may have at most " + r.maxBytes() + " bytes.");
            case Reason.PreconditionRequired r ->
                plain("precondition_required", "If-Match needed", "Send If-Match with the ETag that you read.");
            case Reason.Internal r ->
                plain(
                        "internal",
                        "Internal error",
                        "Something went wrong here. The log has it as " + r.incident() + ".");
        };
    }

    private static Explanation noCapacity(Reason.NoCapacity r) {
        var where = r.host() == null ? "No host has" : "Host " + r.host() + " does not have";
        return new Explanation(
                "no_capacity",
                "No capacity",
                where + " room for " + words(r.asked()) + ".",
                FREE_CAPACITY,
                List.of(new FieldError("/resources", "no_capacity", "ask for less, or free some capacity")));
    }

    private static String words(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private static String words(Resources r) {
        return r.cpuMillis() / 1000.0 + " CPUs, " + r.memoryBytes() / (1 << 20) + " MiB of memory and " + r.gpus()
                + " GPUs";
    }

    private static String article(String kind) {
        return (kind.startsWith("i") ? "an " : "a ") + kind;
    }

    private static String how(int exitCode, boolean outOfMemory) {
        return outOfMemory ? " (out of memory)" : " (exit status " + exitCode + ")";
    }

    private static Remedy remedyFor(Step step) {
        return switch (step) {
            case FETCH_IMAGE, BUILD_IMAGE, PULL_IMAGE ->
                new Remedy("PATCH /api/v1/images/{id}", "Correct the image, then restart the workspace");
            case CREATE_NETWORK, CREATE_VOLUME, COPY_VOLUME, CREATE_CONTAINER, START_CONTAINER ->
                new Remedy("PATCH /api/v1/workspaces/{id}", "Change the workspace, or look at the host's engine");
            case GIVE_SECRETS ->
                new Remedy("PATCH /api/v1/workspaces/{id}", "Take out or keep anew what is missing; mend the image");
            case CLONE_REPOSITORY ->
                new Remedy("PATCH /api/v1/workspaces/{id}", "Correct git, its secret or the image; or take git out");
            case STOP_CONTAINER, REMOVE_CONTAINER, REMOVE_NETWORK, REMOVE_VOLUME, REMOVE_IMAGE ->
                new Remedy("GET /api/v1/hosts/{id}", "Look at the host's engine");
        };
    }

    private static Remedy remedyFor(GpuTrouble trouble) {
        return switch (trouble) {
            case DRIVER_FAILED, TIMED_OUT, UNREADABLE, INCOMPLETE ->
                new Remedy("GET /api/v1/hosts/{id}", "Run nvidia-smi on the host, and mend its driver");
            case NONE_FREE -> FREE_CAPACITY;
            case GONE, IN_USE -> new Remedy("POST /api/v1/workspaces/{id}/restart", "Restart it with another GPU");
        };
    }

    private static String sentence(List<FieldError> errors) {
        if (errors.isEmpty()) {
            return "The request is not valid.";
        }
        var first = errors.getFirst();
        var rest = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return (first.pointer().isEmpty() ? "" : first.pointer() + ": ") + first.message() + rest;
    }

    private static Explanation plain(String code, String title, String message) {
        return new Explanation(code, title, message, null, List.of());
    }

    private static Explanation remedied(String code, String title, String message, Remedy remedy) {
        return new Explanation(code, title, message, remedy, List.of());
    }

    private static Explanation field(String code, String title, String message, String pointer, String allowed) {
        return new Explanation(code, title, message, null, List.of(new FieldError(pointer, code, allowed)));
    }
}
