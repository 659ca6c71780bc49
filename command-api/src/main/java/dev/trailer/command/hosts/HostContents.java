package dev.trailer.command.hosts;

import dev.trailer.api.People;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.Consequences;
import dev.trailer.command.change.Consequences.Consequence;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is on a host, for who must know before it is drained or given up. Any thread; blocks. */
public final class HostContents {
    /** Each is read from the ledger: a second's work, and more than anybody reads. */
    private static final int MAX_TOLD = 1_000;

    private final Claims claims;
    private final Aggregates aggregates;
    private final People people;

    public HostContents(Claims claims, Aggregates aggregates, People people) {
        this.claims = claims;
        this.aggregates = aggregates;
        this.people = people;
    }

    /** The workspaces that a drain stops. */
    Consequences stopped(HostId host) {
        return each(host, holder -> workspace(holder)
                .filter(w -> w.life() == Workspace.Life.ACTIVE && w.desired() == Desired.RUNNING)
                .map(w -> told(w, "stopped")));
    }

    /** All that goes with a host that is given up. */
    Consequences forgotten(HostId host) {
        return each(
                host, holder -> workspace(holder).map(w -> told(w, "forgotten")).or(() -> volume(holder)));
    }

    private Consequences each(HostId host, Function<String, Optional<Consequence>> becomes) {
        var told = new ArrayList<Consequence>();
        List<String> holders = claims.placedOn(host.value());
        for (int i = 0; i < holders.size(); i++) {
            if (told.size() == MAX_TOLD) {
                return new Consequences(told, holders.size() - i);
            }
            becomes.apply(holders.get(i)).ifPresent(told::add);
        }
        return new Consequences(told, 0);
    }

    private Optional<Workspace> workspace(String holder) {
        return aggregates.workspace(new WorkspaceId(holder)).filter(w -> w.life() != Workspace.Life.GONE);
    }

    private Consequence told(Workspace w, String becomes) {
        return new Consequence(
                "workspace", w.id().value(), w.spec().name().value(), people.handleOf(w.owner()), becomes);
    }

    private Optional<Consequence> volume(String holder) {
        return aggregates
                .volume(new VolumeId(holder))
                .filter(v -> v.life() != Volume.Life.GONE)
                .map(v -> new Consequence(
                        "volume", v.id().value(), v.name().value(), people.handleOf(v.owner()), "forgotten"));
    }
}
