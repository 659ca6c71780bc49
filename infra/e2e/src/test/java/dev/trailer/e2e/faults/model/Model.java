package dev.trailer.e2e.faults.model;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as far as it was read, folded with the domain's own {@code evolve}. Refuses, while it reads, what no ledger may
 * hold: positions with gaps, sequences with gaps, a time that runs back, a command in pieces or half done. One thread.
 */
public final class Model {
    /** A command that was recorded: its events are one after the other. */
    public record Recorded(long first, long last, List<RecordedEvent> events) {}

    private final Map<String, Workspace> workspaces = new HashMap<>();
    private final Map<String, Volume> volumes = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, Image> images = new HashMap<>();

    /** Where the events of a thing are. */
    private final Map<String, List<Long>> positions = new HashMap<>();

    private final Set<String> commands = new HashSet<>();
    private final Set<String> workspaceNames = new HashSet<>();
    /** By the position of its last event. */
    private final TreeMap<Long, Recorded> recorded = new TreeMap<>();
    /** Event ids; the one at index i is of position i + 1. */
    private final List<String> eventIds = new ArrayList<>();

    private final Whole whole = new Whole(this);
    private final List<RecordedEvent> open = new ArrayList<>();
    private Instant time = Instant.MIN;

    /** The position that it has read up to. */
    public long position() {
        return eventIds.size();
    }

    /**
     * Takes what follows, up to where a command ends.
     *
     * @throws AssertionError at the first thing that no ledger may hold
     */
    public void follow(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            if (!open.isEmpty() && !commandOf(open.getFirst()).equals(commandOf(event))) {
                endCommand();
            }
            take(event);
            open.add(event);
        }
        // Read in a snapshot: a transaction is there with all of its events.
        endCommand();
    }

    private void take(RecordedEvent event) {
        require(event.position() == position() + 1, "positions are dense", event);
        var before = positions.computeIfAbsent(event.subject().id(), _ -> new ArrayList<>());
        require(event.sequence() == before.size(), "sequences are dense, " + before.size() + " is next", event);
        before.add(event.position());
        require(!event.recordedAt().isBefore(time), "time never runs back behind " + time, event);
        time = event.recordedAt();
        eventIds.add(event.eventId());
        var id = event.subject().id();
        switch (event.event()) {
            case WorkspaceEvent e -> {
                if (e instanceof WorkspaceEvent.WorkspaceCreated created) {
                    require(
                            workspaceNames.add(created.spec().name().value()),
                            "each name is asked for once, so it is made at most once",
                            event);
                }
                workspaces.put(id, Workspace.evolve(workspaces.get(id), e));
            }
            case VolumeEvent e -> volumes.put(id, Volume.evolve(volumes.get(id), e));
            case HostEvent e -> hosts.put(id, Host.evolve(hosts.get(id), e));
            case ImageEvent e -> images.put(id, Image.evolve(images.get(id), e));
            default -> throw new AssertionError("an event of no family: " + event);
        }
    }

    private void endCommand() {
        if (open.isEmpty()) {
            return;
        }
        var first = open.getFirst();
        require(commands.add(commandOf(first)), "a command's events are together, and recorded once", first);
        whole.check(open);
        var last = open.getLast().position();
        recorded.put(last, new Recorded(first.position(), last, List.copyOf(open)));
        open.clear();
    }

    private static String commandOf(RecordedEvent event) {
        return event.metadata().commandId();
    }

    static void require(boolean holds, String rule, RecordedEvent at) {
        if (!holds) {
            throw new AssertionError(rule + "; but there is " + at);
        }
    }

    // ---- what it knows ----

    public Map<String, Workspace> workspaces() {
        return workspaces;
    }

    public Map<String, Volume> volumes() {
        return volumes;
    }

    public Map<String, Host> hosts() {
        return hosts;
    }

    public Map<String, Image> images() {
        return images;
    }

    public Set<String> workspaceNames() {
        return workspaceNames;
    }

    public List<String> eventIds() {
        return eventIds;
    }

    /** All commands, in order. */
    public Iterable<Recorded> recorded() {
        return recorded.values();
    }

    /** The command whose last event has that position; null if none ends there. */
    public @Nullable Recorded endingAt(long position) {
        return recorded.get(position);
    }

    /** How many events a thing had when the ledger stood at a position. */
    public long versionAt(String id, long position) {
        int at = Collections.binarySearch(positions.getOrDefault(id, List.of()), position);
        return at >= 0 ? at + 1 : -at - 1;
    }

    Workspace workspace(String id) {
        return Objects.requireNonNull(workspaces.get(id), id);
    }
}
