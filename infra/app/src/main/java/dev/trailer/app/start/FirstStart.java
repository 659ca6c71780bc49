package dev.trailer.app.start;

import dev.trailer.command.automation.PolicySender;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.identity.FirstAdmin;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes sure that whoever starts a server can begin: each part does nothing where it is done already. */
public final class FirstStart {
    private final FirstAdmin admin;
    private final ImageLookup images;
    private final PolicySender policies;
    private final LocalHost localHost;
    private final Clock clock;

    public FirstStart(
            FirstAdmin admin,
            ImageLookup images,
            PolicySender policies,
            CommandSender sender,
            Claims claims,
            HostEnrolments enrolments,
            JdbcClient database,
            Clock clock) {
        this.admin = admin;
        this.images = images;
        this.policies = policies;
        this.localHost = new LocalHost(sender, claims, enrolments, database, clock);
        this.clock = clock;
    }

    /** Before the first request is answered. */
    public void prepare(Path adminTokenFile) {
        admin.ensureAdmin();
        admin.ensureAdminToken(adminTokenFile);
        BaseImage.ensure(images, policies, clock);
    }

    /** Good once, for a quarter of an hour. */
    public String newSignInLink() {
        return admin.newSignInLink();
    }

    /** For the agent of a standalone server that has no credentials yet. */
    public String localEnrolmentToken() {
        return localHost.enrolmentToken();
    }
}
