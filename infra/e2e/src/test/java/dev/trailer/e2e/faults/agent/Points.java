package dev.trailer.e2e.faults.agent;

import java.util.List;

/**
 * The table of points, along the way of a command and of an event. When the product's names change, only this changes;
 * {@code PointsTest} says which are not found any more.
 */
public final class Points {
    private static final String COMMITTER = "dev.trailer.ledger.Committer";
    private static final String WRITER = "dev.trailer.ledger.BatchWriter";
    private static final String LANE = "dev.trailer.ledger.FollowerLane";

    /** In the committer, with the head row locked: nobody else can write the ledger meanwhile. */
    public static final String BEFORE_COMMIT = "before-commit";
    /** In a follower, with its row locked: no other server can carry it on meanwhile. */
    public static final String TOKEN = "token";

    public static final List<Point> ALL = List.of(
            Point.exit("claim", "dev.trailer.ledger.Judge", "judge"),
            // Rows and commit go to the database in one message.
            Point.after("insert", WRITER, "writeCarefully", "writeSides"),
            Point.before(BEFORE_COMMIT, WRITER, "commit", "run"),
            Point.after("after-commit", WRITER, "commit", "run"),
            Point.before("before-quick-commit", WRITER, "commitQuickly", "run"),
            Point.after("quick-commit", WRITER, "commitQuickly", "run"),
            Point.exit("acknowledgement", COMMITTER, "write"),
            Point.after("view", LANE, "handle", "handle"),
            Point.after(TOKEN, LANE, "carry", "move"),
            Point.after("token-committed", LANE, "run", "inTransaction"),
            Point.exit("publish", "dev.trailer.query.feed.Pump", "deliver"));

    private Points() {}
}
