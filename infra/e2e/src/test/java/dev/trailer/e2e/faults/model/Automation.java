package dev.trailer.e2e.faults.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import java.util.HashSet;
import java.util.function.Predicate;

/** What servers do by themselves is done once, whichever of them did it. */
public final class Automation {
    private final Model model;

    public Automation(Model model) {
        this.model = model;
    }

    /** How often the workspace's timer has stopped it. */
    public long autoStops(String workspace) {
        return count(e -> e.event() instanceof WorkspaceStopRequested stop
                && stop.cause() == StopCause.AUTO_STOP
                && stop.workspace().value().equals(workspace));
    }

    public long losses(String host) {
        return count(
                e -> e.event() instanceof HostLost lost && lost.host().value().equals(host));
    }

    /** How often the workspace was marked as unknown because its host was lost. */
    public long marks(String workspace) {
        return count(e -> isMark(e) && e.subject().id().equals(workspace));
    }

    /** A loss marks each workspace once, however often its policy was told of it. */
    public void check() {
        var marks = new HashSet<String>();
        for (var command : model.recorded()) {
            for (var event : command.events()) {
                if (isMark(event)) {
                    assertThat(marks.add(event.metadata().causationId() + " "
                                    + event.subject().id()))
                            .as("marked once for one loss: %s", event)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isMark(RecordedEvent event) {
        return event.metadata().actor().id().equals("lost-host")
                && event.event() instanceof WorkspaceObserved seen
                && seen.observation().phase() == Phase.UNKNOWN;
    }

    private long count(Predicate<RecordedEvent> which) {
        long count = 0;
        for (var command : model.recorded()) {
            count += command.events().stream().filter(which).count();
        }
        return count;
    }
}
