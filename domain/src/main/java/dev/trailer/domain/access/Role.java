package dev.trailer.domain.access;

/** What somebody may do in general. More roles come with people and groups. */
public enum Role {
    ADMIN
}
