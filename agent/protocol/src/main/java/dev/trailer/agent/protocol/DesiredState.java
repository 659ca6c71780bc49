package dev.trailer.agent.protocol;

import java.util.List;

/**
 * What should be true on a host, or what changed of it.
 *
 * @param timeline new after a restore from backup; a revision means something only within its timeline
 * @param revision only grows within a timeline; ask for what comes after it next time
 * @param whole true: this is all there is; false: only what changed after the revision that was asked with. Either way
 *     absence never removes anything
 */
public record DesiredState(String timeline, long revision, boolean whole, List<DesiredResource> resources) {
    public DesiredState {
        resources = List.copyOf(resources);
    }
}
