package dev.trailer.agent.service.volumes;

import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.Transfer;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.server.Retry;
import dev.trailer.agent.service.server.ServerClient;
import dev.trailer.agent.service.server.ServerException;
import dev.trailer.agent.service.server.Session;
import dev.trailer.agent.service.server.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends archives of volumes to the server and receives them from there, as it asks. The agent dials; nothing listens on the
 * host. How many there are at once is the server's to bound.
 */
public final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    /** Below what proxies commonly cut, which is a minute. */
    private static final Duration WAIT = Duration.ofSeconds(45);
    /** A server that is older than this does not know of transfers. */
    private static final Duration UNKNOWN = Duration.ofMinutes(5);
    /** How soon to look again for a lease, which comes with a heartbeat, or for a lane. */
    private static final Duration LOOK = Duration.ofMillis(200);
    /**
     * For other work on the same volume to end: one who restores again at once finds the lane taken until the engine was looked at
     * once more. Well below what the server waits for an agent to come.
     */
    private static final Duration LANE = Duration.ofSeconds(10);
    /** Without a byte for so long, a transfer is given up. */
    private static final Duration STALL = Duration.ofSeconds(90);

    private static final int NOT_FOUND = 404;

    /** Work on a volume that no plan asked for, so that none is done beside it. */
    public interface Lanes {
        boolean enter(String lane, Step step);

        void leave(String lane);

        /** Whether another volume is being filled from this one. */
        boolean isBeingCopied(String volume);
    }

    private final Sessions sessions;
    private final ServerClient client;
    private final VolumeFiles files;
    private final Lanes lanes;
    private final BooleanSupplier mayAct;
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    /** @param mayAct whether the lease is held: an order that is taken without is an order that fails */
    public Transfers(Sessions sessions, ServerClient client, VolumeFiles files, Lanes lanes, BooleanSupplier mayAct) {
        this.sessions = sessions;
        this.client = client;
        this.files = files;
        this.lanes = lanes;
        this.mayAct = mayAct;
    }

    /** Until interrupted or fenced. */
    public void run() throws InterruptedException {
        var retry = new Retry();
        try {
            while (true) {
                Session session = sessions.current();
                if (!mayAct.getAsBoolean()) {
                    Thread.sleep(LOOK);
                    continue;
                }
                try {
                    client.transfers(session, WAIT).orders().forEach(order -> begin(session, order));
                    retry.reset();
                } catch (ServerException e) {
                    sessions.refused(session, e);
                    if (e.status() == NOT_FOUND) {
                        Thread.sleep(UNKNOWN);
                    } else {
                        retry.pause();
                    }
                }
            }
        } finally {
            working.forEach(Thread::interrupt);
        }
    }

    private void begin(Session session, Transfer.Order order) {
        var thread = Thread.ofVirtual()
                .name("trailer-agent-transfer-" + order.id())
                .unstarted(() -> {
                    try {
                        end(session, order, attempt(session, order));
                    } finally {
                        working.remove(Thread.currentThread());
                    }
                });
        working.add(thread);
        thread.start();
    }

    private void end(Session session, Transfer.Order order, Transfer.Result result) {
        LOG.info(
                "{} {} {}",
                Names.volumeLane(order.volume()),
                order.direction(),
                result.problem() == null ? result.bytes() + " bytes" : "failed: " + result.problem());
        try {
            client.ended(session, order.id(), result);
        } catch (ServerException e) {
            // It has heard from the stream already, or has given up.
            LOG.debug("the end of transfer {} was not taken: {}", order.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Transfer.Result attempt(Session session, Transfer.Order order) {
        String lane = Names.volumeLane(order.volume());
        boolean receives = order.direction() == Transfer.Direction.RECEIVE;
        if ((receives && lanes.isBeingCopied(order.volume())) || !entered(lane)) {
            return Transfer.Result.failed("its host is at work on this volume; try again in a while");
        }
        try (var watch = StallWatch.over(Thread.currentThread(), STALL)) {
            return receives ? receive(session, order, watch) : send(session, order, watch);
        } catch (EngineException e) {
            return Transfer.Result.failed(e.words());
        } catch (IOException | ServerException e) {
            return Transfer.Result.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return Transfer.Result.failed(
                    "it stood still for " + STALL.toSeconds() + " seconds, or its agent is stopping");
        } catch (RuntimeException e) {
            LOG.error("transfer {}", order.id(), e);
            return Transfer.Result.failed(String.valueOf(e.getMessage()));
        } finally {
            lanes.leave(lane);
        }
    }

    private boolean entered(String lane) {
        long begun = System.nanoTime();
        while (!lanes.enter(lane, Step.COPY_VOLUME)) {
            if (System.nanoTime() - begun > LANE.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private Transfer.Result send(Session session, Transfer.Order order, StallWatch watch)
            throws IOException, InterruptedException {
        var sent = new SealingStream[1];
        files.read(order.volume(), tar -> {
            var sealing = new SealingStream(watch.watching(tar));
            sent[0] = sealing;
            uninterrupted(() -> client.send(session, order.id(), sealing));
        });
        return new Transfer.Result(null, sent[0].bytes(), sent[0].sha256());
    }

    private Transfer.Result receive(Session session, Transfer.Order order, StallWatch watch)
            throws IOException, InterruptedException {
        try (InputStream body = client.receive(session, order.id())) {
            var unsealing = new UnsealingStream(watch.watching(body));
            // Up to here nothing was changed: what is no archive at all is refused without a loss.
            files.replace(order.volume(), unsealing, () -> uninterrupted(() -> client.begins(session, order.id())));
            return new Transfer.Result(null, unsealing.bytes(), unsealing.sha256());
        }
    }

    private interface Call {
        void make() throws InterruptedException;
    }

    /** For where an interruption can only be told as the failure of a stream. */
    private static void uninterrupted(Call call) throws IOException {
        try {
            call.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
