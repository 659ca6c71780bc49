package dev.trailer.ledger;

import dev.trailer.ledger.Follower.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread and one connection that carry followers on: those of a group that go together, or a single one apart. */
final class FollowerLane {
    /** How often a server that does not hold a row looks whether it could, and how far the other has come. */
    private static final Duration STANDBY = Duration.ofMillis(100);
    /** The same while it knows of events that the other has yet to handle: somebody here may wait for them. */
    private static final Duration STANDBY_BEHIND = Duration.ofMillis(25);
    /** Without a bell: how long to wait for growth before looking again. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(FollowerLane.class);

    /** A handler threw: a trouble of its own, unless the connection is gone too. */
    private static final class HandlerFailed extends Exception {
        private static final long serialVersionUID = 1;
        final transient Follower follower;
        final Exception reason;

        HandlerFailed(Follower follower, Exception reason) {
            super(reason);
            this.follower = follower;
            this.reason = reason;
        }
    }

    /**
     * What one transaction found and did; true once it is committed.
     *
     * @param held those carried on here, with where they stand now
     * @param elsewhere those that another server holds or that wait to be made anew, with where they stand
     * @param behind of {@code held}, those too far behind the others
     * @param more whether there are more events than one batch takes
     */
    private record Step(Map<Follower, Long> held, Map<Follower, Long> elsewhere, List<Follower> behind, boolean more) {}

    private final FollowerGroup group;
    private final FollowerSession session;
    private final FollowerBeginnings beginnings;
    private final Tail tail;
    private final Duration interval;

    FollowerLane(
            FollowerGroup group, FollowerSession session, FollowerBeginnings beginnings, Tail tail, Duration interval) {
        this.group = group;
        this.session = session;
        this.beginnings = beginnings;
        this.tail = tail;
        this.interval = interval;
    }

    /** Carries on those of the group that go together, until it is interrupted. */
    void together() {
        try (session) {
            run(group::together, false);
        }
    }

    /** Carries on one, until it has caught up. */
    void alone(Follower follower, Duration pause) {
        try (session) {
            Thread.sleep(pause);
            run(() -> List.of(follower), true);
        } catch (InterruptedException e) {
            // the server stops
        }
    }

    private void run(Supplier<List<Follower>> followers, boolean untilCaughtUp) {
        var pause = new Pause();
        while (!Thread.currentThread().isInterrupted() && !group.isClosed()) {
            var carried = followers.get();
            try {
                long began = System.nanoTime();
                var step = session.inTransaction(connection -> step(connection, carried));
                tell(step);
                pause.over();
                if (untilCaughtUp && !step.more) {
                    return;
                }
                rest(step, began);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (!isolated(e, carried)) {
                    try {
                        failed(e, carried, pause);
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                }
            }
        }
    }

    private Step step(Connection connection, List<Follower> carried) throws Exception {
        var rows = FollowerRows.lockFree(connection, names(carried));
        var held = new LinkedHashMap<Follower, Long>();
        var elsewhere = new LinkedHashMap<Follower, Long>();
        var absent = new ArrayList<Follower>();
        for (var follower : carried) {
            var row = rows.get(follower.name());
            if (row == null) {
                absent.add(follower);
            } else {
                var at = standing(connection, follower, row);
                if (at != null) {
                    held.put(follower, at);
                } else {
                    elsewhere.put(follower, row.position());
                }
            }
        }
        findElsewhere(connection, absent, held, elsewhere);
        return carry(connection, held, elsewhere);
    }

    private @Nullable Long standing(Connection connection, Follower follower, FollowerRows.Row row)
            throws HandlerFailed {
        try {
            return beginnings.standing(connection, follower, row);
        } catch (Exception e) {
            throw new HandlerFailed(follower, e);
        }
    }

    /** Those whose rows could not be locked: another server holds them, or they have never run. */
    private void findElsewhere(
            Connection connection, List<Follower> absent, Map<Follower, Long> held, Map<Follower, Long> elsewhere)
            throws SQLException {
        if (absent.isEmpty()) {
            return;
        }
        var rows = FollowerRows.read(connection, names(absent));
        for (var follower : absent) {
            var row = rows.get(follower.name());
            var begun = row == null ? beginnings.begin(connection, follower) : null;
            if (begun != null) {
                held.put(follower, begun);
            } else {
                elsewhere.put(follower, row == null ? 0 : row.position());
            }
        }
    }

    private Step carry(Connection connection, Map<Follower, Long> held, Map<Follower, Long> elsewhere)
            throws Exception {
        long front = held.values().stream().mapToLong(at -> at).max().orElse(0);
        var behind = held.keySet().stream()
                .filter(follower -> front - held.getOrDefault(follower, 0L) > FollowerGroup.BATCH)
                .toList();
        var going = held.keySet().stream().filter(f -> !behind.contains(f)).toList();
        if (going.isEmpty()) {
            return new Step(held, elsewhere, behind, false);
        }
        long from =
                going.stream().mapToLong(f -> held.getOrDefault(f, 0L)).min().orElse(0);
        var events = tail.after(from, FollowerGroup.BATCH);
        if (events.isEmpty()) {
            return new Step(held, elsewhere, behind, false);
        }
        long to = events.getLast().position();
        var moved = new LinkedHashMap<Long, List<String>>();
        for (var follower : going) {
            long at = held.getOrDefault(follower, 0L);
            if (at < to) {
                var batch = new Batch(at, to, events.subList((int) (at - from), events.size()));
                long reached = handle(connection, follower, batch);
                held.put(follower, reached);
                moved.computeIfAbsent(reached, _ -> new ArrayList<>()).add(follower.name());
            }
        }
        for (var entry : moved.entrySet()) {
            FollowerRows.move(connection, entry.getValue(), entry.getKey());
        }
        return new Step(held, elsewhere, behind, events.size() == FollowerGroup.BATCH);
    }

    private static long handle(Connection connection, Follower follower, Batch batch)
            throws HandlerFailed, InterruptedException {
        try {
            return follower.handler().handle(connection, batch);
        } catch (InterruptedException e) {
            // the server stops: no failure of the handler
            throw e;
        } catch (Exception e) {
            throw new HandlerFailed(follower, e);
        }
    }

    private void tell(Step step) {
        step.held.forEach(FollowerLane::stands);
        step.elsewhere.forEach(FollowerLane::stands);
        step.behind.forEach(follower -> group.apart(follower, Duration.ZERO));
    }

    private static void stands(Follower follower, long at) {
        if (follower.failure() != null) {
            log.info("{} goes on after position {}", follower.name(), at);
        }
        follower.reached(at);
        follower.well();
    }

    /** Until there is something to do, and not sooner after the last batch than the group's manner is. */
    private void rest(Step step, long began) throws InterruptedException {
        if (step.more) {
            return;
        }
        if (step.held.isEmpty()) {
            long slowest = slowest(step.elsewhere);
            Thread.sleep(tail.head() > slowest ? STANDBY_BEHIND : STANDBY);
            return;
        }
        tail.awaitBeyond(slowest(step.held), step.elsewhere.isEmpty() ? IDLE : STANDBY);
        var early = interval.minusNanos(System.nanoTime() - began);
        if (early.isPositive()) {
            Thread.sleep(early);
        }
    }

    private static long slowest(Map<Follower, Long> positions) {
        return positions.values().stream().mapToLong(at -> at).min().orElse(0);
    }

    /** @return whether it was the trouble of a single one of several: it goes on alone, the others at once */
    private boolean isolated(Exception e, List<Follower> carried) {
        if (!(e instanceof HandlerFailed failed) || carried.size() == 1 || !session.isOpen()) {
            return false;
        }
        failed.follower.failed(failed.reason);
        log.error("{} stands still after position {}", failed.follower.name(), failed.follower.position(), e);
        group.apart(failed.follower, Pause.FIRST);
        return true;
    }

    private void failed(Exception e, List<Follower> carried, Pause pause) throws InterruptedException {
        var reason = e instanceof HandlerFailed failed ? failed.reason : e;
        if (session.isOpen()) {
            log.error("{} stand still; trying again in {}", names(carried), pause, reason);
            carried.forEach(follower -> follower.failed(reason));
        } else {
            log.warn("{} have no database; trying again in {}: {}", names(carried), pause, reason.getMessage());
            carried.forEach(follower -> follower.lost(reason));
        }
        pause.take();
    }

    private static List<String> names(List<Follower> followers) {
        return followers.stream().map(Follower::name).toList();
    }
}
