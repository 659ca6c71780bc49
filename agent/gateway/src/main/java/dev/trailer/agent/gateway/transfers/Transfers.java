package dev.trailer.agent.gateway.transfers;

import dev.trailer.agent.protocol.Transfer;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where transfers meet: in this server's memory, as what passes is in its sockets. An agent that asks another server of the same
 * installation does not hear of them; whoever waits is told {@code agent_away} then. Any thread.
 */
public final class Transfers {
    /** A host's disk and line are shared by more only to be slower for each. */
    private static final int MAX_OF_HOST = 2;
    /** Each takes some hundred KiB of buffers and two connections. */
    private static final int MAX_AT_ONCE = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Meeting> open = new HashMap<>();
    private final Map<HostId, Host> hosts = new HashMap<>();

    /** What one host is to be told of. Under the lock. */
    private final class Host {
        private final Queue<Meeting> untold = new ArrayDeque<>();
        private final Condition told = lock.newCondition();
        private int waiting;
        private int meetings;
    }

    /** @throws Refused with {@code contended} if as many as may be are under way */
    void open(Meeting meeting) {
        lock.lock();
        try {
            Host host = hosts.computeIfAbsent(meeting.host(), _ -> new Host());
            if (host.meetings == MAX_OF_HOST || open.size() == MAX_AT_ONCE) {
                forget(meeting.host(), host);
                throw new Refused(new Reason.Contended());
            }
            host.meetings++;
            open.put(meeting.order().id(), meeting);
            host.untold.add(meeting);
            host.told.signal();
        } finally {
            lock.unlock();
        }
    }

    void close(Meeting meeting) {
        lock.lock();
        try {
            if (open.remove(meeting.order().id()) == null) {
                return;
            }
            Host host = hosts.get(meeting.host());
            if (host != null) {
                host.meetings--;
                host.untold.remove(meeting);
                forget(meeting.host(), host);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(HostId id, Host host) {
        if (host.meetings == 0 && host.waiting == 0) {
            hosts.remove(id);
        }
    }

    /** What an agent was not told of yet; waits for it. */
    public List<Transfer.Order> await(HostId id, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Host host = hosts.computeIfAbsent(id, _ -> new Host());
            host.waiting++;
            try {
                long nanos = patience.toNanos();
                while (host.untold.isEmpty() && nanos > 0) {
                    nanos = host.told.awaitNanos(nanos);
                }
                var orders = new ArrayList<Transfer.Order>();
                for (Meeting next = host.untold.poll(); next != null; next = host.untold.poll()) {
                    orders.add(next.order());
                }
                return orders;
            } finally {
                host.waiting--;
                forget(id, host);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whoever was told will not act: the next one that asks is told again. */
    public void untell(HostId id, List<Transfer.Order> orders) {
        lock.lock();
        try {
            Host host = hosts.get(id);
            for (Transfer.Order order : orders) {
                Meeting meeting = open.get(order.id());
                if (host != null && meeting != null) {
                    host.untold.add(meeting);
                    host.told.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** @throws Refused with {@code not_found}, also for a transfer of another host */
    public Meeting of(HostId host, String id) {
        lock.lock();
        try {
            Meeting meeting = open.get(id);
            if (meeting == null || !meeting.host().equals(host)) {
                throw new Refused(new Reason.NotFound("transfer", id));
            }
            return meeting;
        } finally {
            lock.unlock();
        }
    }

    /** How many there are, of all hosts. */
    int underWay() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }
}
