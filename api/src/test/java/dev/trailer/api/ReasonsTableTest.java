package dev.trailer.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Resources;
import dev.trailer.domain.reason.Explanation;
import dev.trailer.domain.reason.Explanations;
import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.GpuTrouble;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/reasons.md} is written from the code: with {@code -Ddocs.write=true} here, and compared otherwise. */
class ReasonsTableTest {
    private static final Path PAGE = Path.of("../docs/reasons.md");

    private static final String HEAD = """
            # Reasons

            Why something is as it is, or was refused. Every phase, refusal and failed step carries one of these; the words
            are in `Explanations`, the status in `ProblemStatus`. A `code` never changes its meaning.

            This page is written by `ReasonsTableTest`. After a change of a reason:
            `mvn verify -pl domain,api -Ddocs.write=true -Dtest=ReasonsTableTest -Dsurefire.failIfNoSpecifiedTests=false`
            """;

    private static final String OBSERVED = """

            ## Why a workspace or a build is as it is

            Told as `observed.reason` of a workspace and as `reason` of a build. What an agent or a policy found is kept in
            the history under its code; why a workspace was stopped is read from the history of its commands.

            | code | kind | for example | what to do |
            |---|---|---|---|
            """;

    private static final String REFUSALS = """

            ## Why a request was refused

            Told as `application/problem+json` (RFC 9457) with `code`, `detail`, `errors[]` naming the fields at fault,
            and `remedy`. Nothing was changed, except where the words say that this is not known.

            | code | status | kind | for example | what to do |
            |---|---|---|---|---|
            """;

    private static final Resources ASKED = new Resources(1_500, 1L << 30, 0);
    private static final String ID = "018f6f2e-7c1a-7d52-9a51-2f1d3c0b8a11";

    private static List<Reason.Observed> observed() {
        return List.of(
                new Reason.AwaitingAgent("attic"),
                new Reason.Preparing(Step.BUILD_IMAGE),
                new Reason.ContainerExited(137, false),
                new Reason.CrashLooping(1, true),
                // One for each remedy.
                new Reason.StepFailed(Step.BUILD_IMAGE, null),
                new Reason.StepFailed(Step.CREATE_CONTAINER, null),
                new Reason.StepFailed(Step.GIVE_SECRETS, null),
                new Reason.StepFailed(Step.CLONE_REPOSITORY, null),
                new Reason.StepFailed(Step.REMOVE_NETWORK, null),
                new Reason.EngineUnavailable(),
                new Reason.GpuUnavailable(GpuTrouble.DRIVER_FAILED),
                new Reason.GpuUnavailable(GpuTrouble.IN_USE),
                new Reason.Unhealthy(false, "a"),
                new Reason.Unhealthy(true, "a"),
                new Reason.HostLost(Instant.parse("2026-01-31T03:00:00Z")),
                new Reason.StoppedOnRequest(),
                new Reason.AutoStopped(Duration.ofHours(2)),
                new Reason.Drained("attic"),
                new Reason.BeingRemoved());
    }

    private static List<Reason.Refusal> refusals() {
        return List.of(
                new Reason.NameInUse("workspace", "api"),
                new Reason.NotFound("workspace", ID),
                new Reason.Stale(3, 4),
                new Reason.BeingDeleted("workspace"),
                new Reason.NoCapacity(null, ASKED),
                new Reason.NoCapacity("attic", ASKED),
                new Reason.HostCordoned("attic"),
                new Reason.HostDrained("attic"),
                new Reason.HostOnline("attic"),
                new Reason.HostNotReady("attic"),
                new Reason.HostInUse(3),
                new Reason.VolumeInUse("V", "W"),
                new Reason.VolumeNotWhole("V"),
                new Reason.WorkspaceRunning("W"),
                new Reason.AgentAway("H"),
                new Reason.TransferFailed("why"),
                new Reason.ImageIsRetired("api"),
                new Reason.ImageHasNoBuild(7),
                new Reason.Fixed("/name", "name of an image"),
                new Reason.Contended(),
                new Reason.LedgerUnavailable(),
                new Reason.KeyReused(),
                new Reason.SecretsUnavailable(),
                new Reason.SecretGone("github-token"),
                new Reason.InvalidInput(List.of(new FieldError("/name", "required", "is required"))),
                new Reason.Unauthenticated(),
                new Reason.Forbidden(),
                new Reason.CrossSite(),
                new Reason.SignInFailed(),
                new Reason.EnrolmentRefused(),
                new Reason.EpochSuperseded(3, 4),
                new Reason.NoSuchPath(),
                new Reason.MethodNotAllowed(List.of("GET", "POST")),
                new Reason.UnsupportedMediaType("application/json"),
                new Reason.NotAcceptable(),
                new Reason.BodyTooLarge(1 << 20),
                new Reason.PreconditionRequired(),
                new Reason.Internal("I"));
    }

    @Test
    void every_reason_is_in_the_table() {
        assertThat(observed().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Reason.Observed.class.getPermittedSubclasses());
        assertThat(refusals().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Reason.Refusal.class.getPermittedSubclasses());
    }

    @Test
    void the_page_says_what_the_code_says() throws IOException {
        var page = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("docs/reasons.md: write it anew").isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder(HEAD).append(OBSERVED);
        for (Reason.Observed reason : observed()) {
            var words = Explanations.of(reason);
            row(page, code(words), words.title(), words.message(), remedy(words));
        }
        page.append(REFUSALS);
        for (Reason.Refusal reason : refusals()) {
            var words = Explanations.of(reason);
            var status = Integer.toString(ProblemStatus.of(reason));
            row(page, code(words), status, words.title(), words.message(), remedy(words));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells).strip()).append(" |\n");
    }

    private static String code(Explanation words) {
        return "`" + words.code() + "`";
    }

    private static String remedy(Explanation words) {
        var remedy = words.remedy();
        if (remedy != null) {
            return remedy.label() + ": `" + remedy.operation() + "`";
        }
        return words.errors().stream()
                .map(error -> "`" + error.pointer() + "` " + error.message())
                .collect(Collectors.joining("; "));
    }
}
