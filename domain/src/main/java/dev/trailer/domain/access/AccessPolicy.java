package dev.trailer.domain.access;

import dev.trailer.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** The one place where access is decided. Pure; any thread. */
public final class AccessPolicy {
    private AccessPolicy() {}

    /** @param owner whose the resource is, null where it has no owner */
    public static boolean permits(Principal who, Operation operation, @Nullable AccountId owner) {
        return switch (who.role()) {
            case ADMIN ->
                switch (operation) {
                    case WORKSPACE_READ,
                            WORKSPACE_CREATE,
                            WORKSPACE_CHANGE,
                            WORKSPACE_OPERATE,
                            WORKSPACE_DELETE,
                            VOLUME_READ,
                            VOLUME_CREATE,
                            VOLUME_BACKUP,
                            VOLUME_RESTORE,
                            VOLUME_DELETE,
                            IMAGE_READ,
                            IMAGE_CHANGE,
                            HOST_READ,
                            HOST_CHANGE,
                            SECRET_READ,
                            SECRET_CHANGE,
                            FACTS_READ -> true;
                };
        };
    }
}
