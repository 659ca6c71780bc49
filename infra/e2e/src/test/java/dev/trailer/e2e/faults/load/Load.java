package dev.trailer.e2e.faults.load;

import dev.trailer.e2e.process.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Everybody who uses the servers, at once. One thread begins and ends it; it may be ended once. */
public final class Load implements AutoCloseable {
    private static final int WRITERS = 4;
    private static final int READERS = 2;
    /** After each request: about a hundred changes a second in all, so that there is machine left for the servers. */
    private static final int PAUSE_MILLIS = 20;

    private static final int AWAY_PAUSE_MILLIS = 200;
    /** Workspaces that the two hosts have room for: fewer than are asked for, so that some are refused. */
    private static final List<Integer> ROOM = List.of(25, 12);

    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException;
    }

    private final History history;
    private final List<Writer> writers = new ArrayList<>();
    private final List<FakeHost> hosts = new ArrayList<>();
    private final List<LiveReader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean quiet = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Registers the hosts; the servers must be well.
     *
     * @param servers whoever has a number uses the server of that number, counted round
     */
    public Load(long seed, List<Supplier<Client>> servers, History history) {
        this.history = history;
        for (int i = 0; i < ROOM.size(); i++) {
            hosts.add(FakeHost.enrolled(
                    "host-" + i, ROOM.get(i), seed + 100 + i, servers.get(i % servers.size()), history));
        }
        var workspaces = new Known();
        var keptVolumes = new Known();
        var hostIds = hosts.stream().map(FakeHost::id).toList();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(
                    "w" + i, seed + i, servers.get(i % servers.size()), history, workspaces, keptVolumes, hostIds));
        }
        for (int i = 0; i < READERS; i++) {
            readers.add(new LiveReader("reader " + i, seed + 200 + i, servers.get(i % servers.size()), history));
        }
    }

    public void begin() {
        writers.forEach(writer -> repeat("writer", quiet, writer::step));
        hosts.forEach(host -> repeat("host", quiet, host::step));
        readers.forEach(reader -> repeat("reader", over, reader::step));
    }

    private void repeat(String name, AtomicBoolean end, Step step) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            while (!end.get()) {
                try {
                    long unanswered = history.unanswered();
                    step.take();
                    // A server that is away is not hammered: it wants the machine to come back.
                    long pause = history.unanswered() > unanswered ? AWAY_PAUSE_MILLIS : PAUSE_MILLIS;
                    LockSupport.parkNanos(pause * 1_000_000L);
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException | AssertionError e) {
                    history.wrong(name + " fails: " + e);
                    return;
                }
            }
        }));
    }

    public List<LiveReader> readers() {
        return readers;
    }

    /** The ids of the hosts that report. */
    public List<String> hosts() {
        return hosts.stream().map(FakeHost::id).toList();
    }

    /** Writers and hosts end; readers go on. Then whatever is in doubt is asked for once more: the servers must be well. */
    public void quieten() throws InterruptedException {
        quiet.set(true);
        for (Thread thread : threads) {
            if (!thread.getName().equals("reader")) {
                thread.join();
            }
        }
        writers.forEach(Writer::settle);
    }

    @Override
    public void close() {
        quiet.set(true);
        over.set(true);
        threads.forEach(Thread::interrupt);
    }
}
