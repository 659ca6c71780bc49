package dev.trailer.query.port;

/** Within what revisions of desired state can be compared. */
@FunctionalInterface
public interface Timeline {
    /** This installation's timeline: {@code install/timeline}, new after a restore from backup. */
    String current();
}
