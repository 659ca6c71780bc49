package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where agents call. Not a part of the public API. */
@RestController
@Hidden
final class AgentController {
    private final Enroller enroller;
    private final SessionOpener opener;
    private final DesiredPoll polls;
    private final HeartbeatIntake intake;
    private final AttemptIntake attempts;
    private final ImageDefinitions images;
    private final SecretSource secrets;

    AgentController(
            Enroller enroller,
            SessionOpener opener,
            DesiredPoll polls,
            HeartbeatIntake intake,
            AttemptIntake attempts,
            ImageDefinitions images,
            SecretSource secrets) {
        this.enroller = enroller;
        this.opener = opener;
        this.polls = polls;
        this.intake = intake;
        this.attempts = attempts;
        this.images = images;
        this.secrets = secrets;
    }

    @PostMapping(Paths.ENROL)
    ResponseEntity<byte[]> enrol(AgentBody body) {
        return json(enroller.enrol(AgentJson.read(body, Enrolment.Request.class)), Enrolment.Answer.class);
    }

    @PostMapping(Paths.SESSION)
    ResponseEntity<byte[]> open(EnrolledHost host, AgentBody body) {
        var request = AgentJson.read(body, SessionOpening.Request.class);
        return json(opener.open(host.id(), request), SessionOpening.Answer.class);
    }

    @GetMapping(Paths.DESIRED)
    ResponseEntity<byte[]> desired(
            AgentSession session,
            @RequestParam(name = "after", required = false) @Nullable Long after,
            @RequestParam(name = "timeline", required = false) @Nullable String timeline,
            @RequestParam(name = "waitMillis", defaultValue = "0") long waitMillis) {
        return json(polls.poll(session, after, timeline, waitMillis), DesiredState.class);
    }

    @PostMapping(Paths.HEARTBEAT)
    ResponseEntity<byte[]> heartbeat(AgentSession session, AgentBody body) {
        return json(intake.receive(session, AgentJson.heartbeat(body)), Heartbeat.Answer.class);
    }

    @PostMapping(Paths.ATTEMPTS)
    ResponseEntity<Void> attempts(AgentSession session, AgentBody body) {
        attempts.receive(session, AgentJson.attempts(body));
        return ResponseEntity.noContent().build();
    }

    /** Any agent may read any: what an image is made from is no secret of a host, and its build may come to any. */
    @GetMapping(Paths.IMAGES + "/{image}/{version}")
    ResponseEntity<byte[]> image(
            AgentSession session, @PathVariable("image") String image, @PathVariable("version") int version) {
        var definition = images.definition(image, version)
                .orElseThrow(() -> new Refused(new Reason.NotFound("image version", image + "/" + version)));
        return json(definition, ImageDefinition.class);
    }

    @GetMapping(Paths.WORKSPACE_SECRETS + "/{workspace}")
    ResponseEntity<byte[]> secrets(AgentSession session, @PathVariable("workspace") String workspace) {
        return json(secrets.ofWorkspace(session.host(), workspace), SecretValues.class);
    }

    @GetMapping(Paths.IMAGE_SECRETS + "/{image}/{version}")
    ResponseEntity<byte[]> imageSecrets(
            AgentSession session, @PathVariable("image") String image, @PathVariable("version") int version) {
        return json(secrets.ofImage(session.host(), image, version), SecretValues.class);
    }

    private static <T> ResponseEntity<byte[]> json(T value, Class<T> type) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(AgentJson.write(value, type));
    }
}
