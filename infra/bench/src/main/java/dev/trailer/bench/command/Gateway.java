package dev.trailer.bench.command;

import dev.trailer.api.Ids;
import dev.trailer.bench.server.Host;
import dev.trailer.bench.server.ServerDoor;
import dev.trailer.bench.server.Surroundings;
import dev.trailer.command.change.Answer;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.CommandSender.Sending;
import dev.trailer.command.change.SideWrite;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.Resources;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The command gateway of a server in this process, with all its followers at work, and one host to place things on. */
final class Gateway implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Resources SMALL = new Resources(100, 64L << 20, 0);
    /** As {@code Changes} writes beside each change that a person makes. */
    private static final String SOURCE = "insert into command_source (command_id, address, user_agent)"
            + " select * from unnest(?::text[], ?::text[], ?::text[])";

    private final ServerDoor server;
    private final Host host;
    private final HostRef hostRef;
    private final ImageRef image;
    private final AccountId owner;
    private final CommandSender sender;
    private final AtomicLong names = new AtomicLong();

    private Gateway(ServerDoor server, Host host) throws Exception {
        this.server = server;
        this.host = host;
        this.hostRef = new HostRef(new HostId(host.id()), new HostName(host.name()));
        this.image = server.part(ImageLookup.class).active("base").orElseThrow().latest();
        this.owner = new AccountId(server.api().get("/api/v1/me").text("/id"));
        this.sender = server.part(CommandSender.class);
    }

    static Gateway open(Surroundings surroundings) throws Exception {
        var server = ServerDoor.start(surroundings, surroundings.newData("gateway"));
        try {
            return new Gateway(server, Host.online(server.api(), "bench"));
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    ServerDoor server() {
        return server;
    }

    /** What {@code POST /workspaces} sends for a name and an image: one command, its claims, and where it came from. */
    WorkspaceId create() {
        var id = new WorkspaceId(Ids.next(CLOCK));
        var spec = new WorkspaceSpec(
                new WorkspaceName("w" + names.incrementAndGet()),
                SMALL,
                new LinkedHashMap<>(),
                List.of(),
                List.of(),
                null);
        var commandId = Ids.next(CLOCK);
        send(
                new Metadata(Actor.account(owner), commandId, commandId, null, null),
                new CreateWorkspace(id, owner, spec, image, hostRef, Desired.RUNNING),
                List.of(new SideWrite(SOURCE, List.of(commandId, "127.0.0.1", "bench"), true, true)));
        return id;
    }

    /** What a heartbeat with news of one workspace sends. */
    long observe(WorkspaceId workspace, Observation seen) {
        var commandId = Ids.next(CLOCK);
        return send(
                new Metadata(Actor.agent(hostRef.id()), commandId, commandId, null, null),
                new RecordObservation(workspace, seen),
                List.of());
    }

    /** @return the position that it was recorded at */
    private long send(Metadata metadata, DomainCommand command, List<SideWrite> sideWrites) {
        return sender.send(new Sending(metadata, List.of(command), sideWrites, null, _ -> Answer.NOTHING))
                .position();
    }

    @Override
    public void close() {
        host.close();
        server.close();
    }
}
