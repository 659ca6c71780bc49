package dev.trailer.agent.service.engine;

import java.util.Map;

/** A bridge of its own for one workspace: what is on one cannot reach what is on another. */
public record NetworkSpec(String name, Subnet subnet, Map<String, String> labels) {
    public NetworkSpec {
        Specs.requireOurs(name);
        labels = Specs.requireLabels(labels);
    }
}
