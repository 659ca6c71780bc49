package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.ImageDefinition;
import java.util.Optional;

/** What image versions are made from. Any thread; blocks. */
public interface ImageDefinitions {
    Optional<ImageDefinition> definition(String image, int version);
}
