package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.Labels;
import java.util.Map;

/** Whose agent this is. Only what carries both labels is ours; everything else is never touched. */
public record Identity(String install, String host) {
    public boolean owns(Map<String, String> labels) {
        return install.equals(labels.get(Labels.INSTALL)) && host.equals(labels.get(Labels.HOST));
    }

    /** What everything that we make must carry. */
    public Map<String, String> labels() {
        return Map.of(Labels.INSTALL, install, Labels.HOST, host);
    }
}
