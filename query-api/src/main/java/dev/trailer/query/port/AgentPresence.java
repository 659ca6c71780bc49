package dev.trailer.query.port;

import dev.trailer.api.HostView.AgentView;
import dev.trailer.api.HostView.ImagesView;
import dev.trailer.api.HostView.MetricsView;
import dev.trailer.api.HostView.StraysView;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of hosts' agents apart from the history: sessions and latest samples. Any thread; may block. */
@FunctionalInterface
public interface AgentPresence {
    /**
     * Of one host.
     *
     * @param metrics the latest sample, null if there is none
     * @param strays null if there are none
     * @param images null until it has told
     */
    record Presence(
            @Nullable AgentView agent,
            @Nullable MetricsView metrics,
            @Nullable StraysView strays,
            @Nullable ImagesView images) {}

    /** @return by host id; hosts whose agent never came are left out */
    Map<String, Presence> of(Collection<String> hosts);
}
