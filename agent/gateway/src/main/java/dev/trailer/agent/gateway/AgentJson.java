package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.agent.protocol.WorkspaceUsage;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.reason.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The protocol as JSON. Either side may be the newer one, so fields that we do not know are passed over. Any thread. */
final class AgentJson {
    private static final Logger LOG = LoggerFactory.getLogger(AgentJson.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private AgentJson() {}

    /** @throws Refused with {@code invalid} */
    static <T> T read(AgentBody body, Class<T> type) {
        try {
            var value = JSON.readValue(body.bytes(), type);
            if (value == null) {
                throw malformed();
            }
            return value;
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /**
     * Leaves out reports that cannot be read, for example of a phase that only a newer server knows: one of them must not
     * silence the rest.
     *
     * @throws Refused with {@code invalid} if it is no heartbeat at all
     */
    static Heartbeat heartbeat(AgentBody body) {
        try {
            if (!(JSON.readTree(body.bytes()) instanceof ObjectNode tree)) {
                throw malformed();
            }
            var workspaces = reports(tree, "workspaces", WorkspaceReport.class);
            var volumes = reports(tree, "volumes", VolumeReport.class);
            var builds = reports(tree, "builds", BuildReport.class);
            var usages = reports(tree, "usages", WorkspaceUsage.class);
            var gpus = reports(tree, "gpus", GpuUsage.class);
            var images = images(tree);
            if (!tree.path("strays").isArray()) {
                tree.putArray("strays");
            }
            var rest = JSON.treeToValue(tree, Heartbeat.class);
            return new Heartbeat(
                    rest.epoch(),
                    rest.sequence(),
                    rest.engineUp(),
                    rest.facts(),
                    rest.metrics(),
                    workspaces,
                    volumes,
                    builds,
                    rest.strays(),
                    usages,
                    gpus,
                    images);
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** Takes them out of the tree. Part of them would say that the others are gone, so it is all or nothing. */
    private static @Nullable HostImages images(ObjectNode tree) {
        var node = tree.remove("images");
        try {
            return node == null ? null : JSON.treeToValue(node, HostImages.class);
        } catch (JacksonException e) {
            LOG.warn("An agent's report on its images cannot be read: {}", e.getOriginalMessage());
            return null;
        }
    }

    /** Likewise: an attempt at what only a newer server knows must not silence the others. */
    static AttemptReport attempts(AgentBody body) {
        try {
            if (!(JSON.readTree(body.bytes()) instanceof ObjectNode tree)) {
                throw malformed();
            }
            var attempts = reports(tree, "attempts", Attempt.class);
            var output = reports(tree, "output", AttemptReport.Output.class);
            return new AttemptReport(JSON.treeToValue(tree, AttemptReport.class).epoch(), attempts, output);
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** Takes them out of the tree. */
    private static <T> List<T> reports(ObjectNode tree, String name, Class<T> type) {
        var read = new ArrayList<T>();
        for (var node : tree.path(name)) {
            try {
                var report = JSON.treeToValue(node, type);
                if (report != null) {
                    read.add(report);
                }
            } catch (JacksonException e) {
                LOG.warn("An agent's report among its {} cannot be read: {}", name, e.getOriginalMessage());
            }
        }
        tree.putArray(name);
        return read;
    }

    static <T> byte[] write(T value, Class<T> type) {
        return JSON.writerFor(type).writeValueAsBytes(value);
    }

    private static Refused malformed() {
        return ErrorList.invalid("", "malformed_json", "is not what an agent says here");
    }
}
