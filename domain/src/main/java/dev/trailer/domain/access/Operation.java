package dev.trailer.domain.access;

/** Everything the API can be asked to do, by what it does to what. */
public enum Operation {
    WORKSPACE_READ,
    WORKSPACE_CREATE,
    WORKSPACE_CHANGE,
    WORKSPACE_OPERATE,
    WORKSPACE_DELETE,
    VOLUME_READ,
    VOLUME_CREATE,
    /** Take what it holds away, as an archive or a copy. */
    VOLUME_BACKUP,
    /** Replace what it holds. */
    VOLUME_RESTORE,
    VOLUME_DELETE,
    IMAGE_READ,
    IMAGE_CHANGE,
    HOST_READ,
    HOST_CHANGE,
    SECRET_READ,
    SECRET_CHANGE,
    FACTS_READ
}
