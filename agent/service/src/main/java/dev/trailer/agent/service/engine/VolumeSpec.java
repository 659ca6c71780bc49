package dev.trailer.agent.service.engine;

import java.util.Map;

/** A plain local volume; never one with driver options, which could be a bind of a host path. */
public record VolumeSpec(String name, Map<String, String> labels) {
    public VolumeSpec {
        Specs.requireOurs(name);
        labels = Specs.requireLabels(labels);
    }
}
