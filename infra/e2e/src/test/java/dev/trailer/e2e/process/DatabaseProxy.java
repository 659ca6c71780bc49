package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way from one server to its PostgreSQL, on loopback: it can be cut, refused, held or slowed, and mended again.
 * Knows nothing of what goes through it. Any thread.
 */
public final class DatabaseProxy implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final InetSocketAddress target;
    private final int port;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable ServerSocket door;
    private boolean held;
    private Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /** Open, on a free port. */
    public DatabaseProxy(int targetPort) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        port = Places.freePort();
        openDoor();
    }

    public int port() {
        return port;
    }

    // ---- what is done to the way ----

    /** Ends all connections at once, as a broken cable's router does; new ones are let through. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Ends all connections, and refuses new ones until {@link #mend}. */
    public void refuse() {
        closeDoor();
        cut();
    }

    /** Delivers nothing more, in either direction, and says nothing of it, until {@link #mend}: then all of it arrives. */
    public void hold() {
        change(() -> held = true);
    }

    /** Connections that live are never served again and never told so, as behind a router that forgot them; new ones are served. */
    public void abandon() {
        change(() -> connections.forEach(ProxiedConnection::abandon));
    }

    /** Whatever goes to the database arrives later by this much, in order. So each round trip takes that long. */
    public void delay(Duration by) {
        change(() -> delay = by);
    }

    /** As at the beginning; connections that live go on. */
    public void mend() {
        change(() -> {
            held = false;
            delay = Duration.ZERO;
        });
        openDoor();
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- for the connections ----

    /** Until what was read at a moment of {@link System#nanoTime} may be passed on. */
    void awaitPassage(ProxiedConnection connection, long readAtNanos, boolean toDatabase) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long left = toDatabase ? readAtNanos + delay.toNanos() - System.nanoTime() : 0;
                boolean stuck = held || connection.abandoned();
                if (!stuck && left <= 0) {
                    return;
                }
                if (stuck) {
                    changed.await();
                } else {
                    long unused = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(ProxiedConnection connection) {
        connections.remove(connection);
    }

    // ---- the door ----

    private void openDoor() {
        lock.lock();
        try {
            if (door != null || closed) {
                return;
            }
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            door = opened;
            Thread.ofVirtual().name("proxy-" + port).start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void closeDoor() {
        lock.lock();
        try {
            if (door != null) {
                door.close();
                door = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                var client = opened.accept();
                Thread.ofVirtual().start(() -> connect(opened, client));
            } catch (IOException e) {
                // The door was closed.
                return;
            }
        }
    }

    private void connect(ServerSocket through, Socket client) {
        var database = new Socket();
        try {
            database.connect(target);
        } catch (IOException e) {
            // Nobody there: the client learns it as it would without us.
            ProxiedConnection.reset(client);
            return;
        }
        var connection = new ProxiedConnection(this, client, database);
        connections.add(connection);
        connection.start();
        if (through.isClosed()) {
            // Refused meanwhile.
            connection.reset();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeDoor();
        cut();
        change(() -> {
            // wakes those that wait
        });
    }
}
