package dev.trailer.query.desired;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.query.desired.DesiredTable.Entry;
import dev.trailer.query.images.ImageDefinitions;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Progress;
import dev.trailer.query.port.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What should be true on a host, for the room that talks to agents. A host's <em>revision</em> is the position of the last
 * event that changed something of its own: it only grows, is the same on every server, and an agent is not woken by what
 * changes elsewhere. Any thread; {@link #await} waits without a database connection, the others block on the database.
 */
public final class DesiredStates {
    /** How long a question waits for a view that lags; a healthy one lags some milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Changes in one answer; what is more comes with the next question, at once. */
    private static final int MAX_CHANGES = 1_000;

    private final DesiredTable table;
    private final HostRevisions revisions;
    private final ImageDefinitions images;
    private final Progress progress;
    private final FactSource facts;
    private final Timeline timeline;

    DesiredStates(
            DesiredTable table,
            HostRevisions revisions,
            ImageDefinitions images,
            Progress progress,
            FactSource facts,
            Timeline timeline) {
        this.table = table;
        this.revisions = revisions;
        this.images = images;
        this.progress = progress;
        this.facts = facts;
        this.timeline = timeline;
    }

    /** Within what revisions can be compared: with another one an agent asks for the whole. */
    public String timeline() {
        return timeline.current();
    }

    /**
     * Everything that should be true on a host now; without what is to be forgotten.
     *
     * @throws Refused with {@code ledger_unavailable} while the view is so far behind (being rebuilt, standing still) that
     *     its whole would be an old one: an agent that starts must not act on that
     */
    public DesiredState whole(HostId host) throws InterruptedException {
        if (!progress.await(DesiredProjector.NAME, facts.head(), PATIENCE)) {
            throw new Refused(new Reason.LedgerUnavailable());
        }
        long revision = 0;
        var resources = new ArrayList<DesiredResource>();
        for (var entry : table.of(host)) {
            revision = Math.max(revision, entry.revision());
            if (!(entry.resource() instanceof DesiredResource.Forget)) {
                resources.add(entry.resource());
            }
        }
        return new DesiredState(timeline.current(), revision, true, resources);
    }

    /**
     * What changed on a host after a revision of the same timeline, with what is to be forgotten; nothing, at the same
     * revision, if nothing did or the view is being rebuilt and has not come that far again. At most {@value
     * #MAX_CHANGES} changes at a time.
     */
    public DesiredState after(HostId host, long revision) {
        var entries = table.after(host, revision, MAX_CHANGES);
        long last = entries.isEmpty() ? revision : entries.getLast().revision();
        return new DesiredState(timeline.current(), last, false, resources(entries));
    }

    /** A host's revision, 0 if nothing was ever desired of it. From memory, but for the first time. */
    public long revision(HostId host) {
        return revisions.of(host);
    }

    /**
     * Waits until a host's revision is beyond one. Woken after the commit of the change, on this server or another one.
     *
     * @return false if the time was up first
     */
    public boolean await(HostId host, long revision, Duration patience) throws InterruptedException {
        return revisions.awaitBeyond(host, revision, patience);
    }

    /** What a version of an image is made from; empty if there is no such version. Never changes. */
    public Optional<ImageDefinition> definition(ImageId image, int version) throws InterruptedException {
        var found = images.of(image, version);
        if (found.isPresent()) {
            return found;
        }
        // Another view told the agent of this image; the one it is read from may be a little behind that.
        progress.await(ImageDefinitions.VIEW, progress.position(DesiredProjector.NAME), PATIENCE);
        return images.of(image, version);
    }

    private static List<DesiredResource> resources(List<Entry> entries) {
        return entries.stream().map(Entry::resource).toList();
    }
}
