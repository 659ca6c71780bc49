package dev.trailer.agent.gateway;

import java.util.Set;

/** What is where: an agent may speak of its own host's things only. Any thread; blocks. */
public interface Placement {
    boolean isOn(String workspaceOrVolume, String host);

    /** All workspaces and volumes of a host, by id. */
    Set<String> on(String host);

    /** Whether this build of the image was asked of this host. */
    boolean builds(String image, int build, String host);
}
