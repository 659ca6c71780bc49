package dev.trailer.command;

import dev.trailer.api.People;
import dev.trailer.command.automation.AbandonedHostPolicy;
import dev.trailer.command.automation.AutoStop;
import dev.trailer.command.automation.BaseImagePolicy;
import dev.trailer.command.automation.DrainPolicy;
import dev.trailer.command.automation.LostHostPolicy;
import dev.trailer.command.automation.Policy;
import dev.trailer.command.automation.PolicySender;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Changes;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.Find;
import dev.trailer.command.hosts.HostContents;
import dev.trailer.command.hosts.HostController;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.command.hosts.Placement;
import dev.trailer.command.images.BaseResolver;
import dev.trailer.command.images.ImageController;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.command.secrets.SecretController;
import dev.trailer.command.secrets.SecretLookup;
import dev.trailer.command.secrets.SecretValues;
import dev.trailer.command.volumes.VolumeController;
import dev.trailer.command.workspaces.WorkspaceController;
import dev.trailer.command.workspaces.WorkspacePlanner;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything of this room, made from its ports. */
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {
    @Bean
    Changes changes(CommandSender sender, Clock clock) {
        return new Changes(sender, clock);
    }

    @Bean
    Find find(Aggregates aggregates) {
        return new Find(aggregates);
    }

    @Bean
    Placement placement(Claims claims, Aggregates aggregates) {
        return new Placement(claims, aggregates);
    }

    @Bean
    ImageLookup imageLookup(Claims claims, Aggregates aggregates) {
        return new ImageLookup(claims, aggregates);
    }

    @Bean
    WorkspaceController changeWorkspaces(
            Changes changes,
            Find find,
            Aggregates aggregates,
            ImageLookup images,
            SecretLookup secrets,
            Placement placement,
            People people,
            Clock clock) {
        return new WorkspaceController(
                changes, find, new WorkspacePlanner(aggregates, images, secrets, placement, clock), people);
    }

    @Bean
    VolumeController changeVolumes(Changes changes, Find find, Placement placement, People people, Clock clock) {
        return new VolumeController(changes, find, placement, people, clock);
    }

    @Bean
    ImageController changeImages(
            Changes changes, Find find, ImageLookup images, SecretLookup secrets, Placement placement, Clock clock) {
        return new ImageController(changes, find, new BaseResolver(images), secrets, placement, clock);
    }

    @Bean
    HostController changeHosts(
            Changes changes,
            Find find,
            HostEnrolments enrolments,
            Claims claims,
            Aggregates aggregates,
            People people,
            Clock clock) {
        return new HostController(changes, find, enrolments, new HostContents(claims, aggregates, people), clock);
    }

    @Bean
    SecretLookup secretLookup(Claims claims, Aggregates aggregates) {
        return new SecretLookup(claims, aggregates);
    }

    @Bean
    SecretController changeSecrets(
            Changes changes, Find find, SecretLookup secrets, SecretValues values, People people, Clock clock) {
        return new SecretController(changes, find, secrets, values, people, clock);
    }

    @Bean
    PolicySender policySender(CommandSender sender, Clock clock) {
        return new PolicySender(sender, clock);
    }

    @Bean
    Policy lostHostPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        return new LostHostPolicy(sender, aggregates, claims);
    }

    @Bean
    Policy drainPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        return new DrainPolicy(sender, aggregates, claims);
    }

    @Bean
    Policy abandonedHostPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        return new AbandonedHostPolicy(sender, aggregates, claims);
    }

    @Bean
    Policy baseImagePolicy(PolicySender sender, Aggregates aggregates, ImageLookup images) {
        return new BaseImagePolicy(sender, aggregates, images);
    }

    @Bean(destroyMethod = "close")
    AutoStop autoStop(DataSource database, PolicySender sender, Aggregates aggregates, Clock clock) {
        return new AutoStop(database, sender, aggregates, clock);
    }
}
