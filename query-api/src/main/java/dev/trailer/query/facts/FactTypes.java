package dev.trailer.query.facts;

import dev.trailer.domain.StoredAs;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The stored names of all facts that there can be. */
final class FactTypes {
    static final List<String> ALL = Stream.of(
                    WorkspaceEvent.class, VolumeEvent.class, ImageEvent.class, HostEvent.class, SecretEvent.class)
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .map(type ->
                    Objects.requireNonNull(type.getAnnotation(StoredAs.class)).value())
            .sorted()
            .toList();

    private FactTypes() {}
}
