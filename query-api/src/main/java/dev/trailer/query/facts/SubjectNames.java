package dev.trailer.query.facts;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.facts.Subject;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.secret.SecretEvent.SecretCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the subjects of facts are called. Any thread; blocks on the database. */
final class SubjectNames {
    /** The stored names of the events by which a subject gets a name. */
    static final Set<String> TYPES = Stream.of(
                    WorkspaceCreated.class,
                    WorkspaceChanged.class,
                    VolumeCreated.class,
                    VolumeProvided.class,
                    VolumeCopyRequested.class,
                    VolumeAttached.class,
                    ImageDefined.class,
                    BuildRequested.class,
                    HostRegistered.class,
                    SecretCreated.class)
            .map(type ->
                    Objects.requireNonNull(type.getAnnotation(StoredAs.class)).value())
            .collect(Collectors.toUnmodifiableSet());

    private final JdbcClient database;

    SubjectNames(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** The name that an event itself gives to its subject, null if it gives none. */
    static @Nullable String saidBy(DomainEvent event) {
        return switch (event) {
            case WorkspaceCreated e -> e.spec().name().value();
            case WorkspaceChanged e -> e.spec().name().value();
            case VolumeCreated e -> e.name().value();
            case VolumeProvided e -> e.name().value();
            case VolumeCopyRequested e -> e.name().value();
            case VolumeAttached e -> e.name().value();
            case ImageDefined e -> e.name().value();
            case BuildRequested e -> e.of().name().value();
            case HostRegistered e -> e.name().value();
            case SecretCreated e -> e.name().value();
            default -> null;
        };
    }

    /** What it was last called, also after it is gone; null where the view has not come that far. */
    @Nullable
    String of(Subject subject) {
        try {
            return database.sql("select name from view_facts_name where id = ?")
                    .param(subject.id())
                    .query(String.class)
                    .optional()
                    .orElse(null);
        } catch (DataAccessException e) {
            // The view does not exist before its first event: no reason to stop who only wanted a name.
            return null;
        }
    }
}
