package dev.trailer.app.start;

import dev.trailer.api.Ids;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.CommandSender.Sending;
import dev.trailer.command.change.SideWrite;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.HostName;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The host that a standalone server is itself. Its agent enrols like any other. */
final class LocalHost {
    private static final HostName NAME = new HostName("local");

    private final CommandSender sender;
    private final Claims claims;
    private final HostEnrolments enrolments;
    private final JdbcClient database;
    private final Clock clock;

    LocalHost(CommandSender sender, Claims claims, HostEnrolments enrolments, JdbcClient database, Clock clock) {
        this.sender = sender;
        this.claims = claims;
        this.enrolments = enrolments;
        this.database = database;
        this.clock = clock;
    }

    /** A token for its agent; registers the host first if there is none of its name. */
    String enrolmentToken() {
        var known = claims.holderOf(NameSpace.HOSTS, NAME.value());
        var id = new HostId(known.orElseGet(() -> Ids.next(clock)));
        var token = enrolments.newToken(new HostRef(id, NAME));
        if (known.isPresent()) {
            // Its agent never enrolled, or has lost its credentials with its directory.
            write(token.stored());
        } else {
            register(id, token.stored());
        }
        return token.token();
    }

    private void register(HostId id, SideWrite token) {
        var commandId = Ids.next(clock);
        sender.send(new Sending(
                new Metadata(Actor.system("first-start"), commandId, commandId, null, null),
                List.of(new RegisterHost(id, NAME)),
                List.of(token),
                null,
                _ -> Answer.NOTHING));
    }

    private void write(SideWrite token) {
        var parameters = token.parameters().stream()
                .map(p -> p instanceof Instant instant ? Timestamp.from(instant) : p)
                .toList();
        database.sql(token.sql()).params(parameters).update();
    }
}
