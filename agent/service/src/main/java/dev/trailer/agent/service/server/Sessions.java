package dev.trailer.agent.service.server;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.SessionOpening;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enrols this host once, and opens this process's session.
 *
 * <p>A session is opened at the start of a process, and again only if the server does not know its token any more (401: it was
 * restored, or forgot). A process that was superseded (409) is fenced: it opens none until it is started anew, since two that
 * fence each other in turn would both go on acting.
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final ServerClient client;
    private final StateFiles files;
    private final Supplier<Optional<String>> enrolmentToken;
    private final Supplier<Optional<String>> laterToken;
    private final String agentVersion;
    private final Supplier<HostFacts> facts;
    private final Lease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Retry retry = new Retry();
    private Credentials credentials;
    private @Nullable String refusedToken;
    private @Nullable Session session;
    private volatile @Nullable Identity identity;
    private volatile @Nullable String fenced;
    private final Trouble trouble = new Trouble(System::nanoTime);
    private volatile @Nullable String problem;

    public Sessions(
            ServerClient client,
            Path stateDirectory,
            Supplier<Optional<String>> enrolmentToken,
            Supplier<Optional<String>> laterToken,
            String agentVersion,
            Supplier<HostFacts> facts,
            Lease lease)
            throws IOException {
        this.client = client;
        this.enrolmentToken = enrolmentToken;
        this.laterToken = laterToken;
        this.agentVersion = agentVersion;
        this.facts = facts;
        this.lease = lease;
        files = new StateFiles(stateDirectory, ServerClient.mapper());
        Optional<Credentials> stored = files.read(Credentials.FILE, Credentials.class);
        credentials = stored.orElseGet(Credentials::fresh);
        if (stored.isEmpty()) {
            files.write(Credentials.FILE, credentials);
        }
        identity = credentials.identity();
    }

    /** Whether an agent has enrolled that kept its files there. */
    public static boolean isEnrolled(Path stateDirectory) throws IOException {
        return StateFiles.read(stateDirectory, Credentials.FILE, Credentials.class, ServerClient.mapper())
                .map(Credentials::identity)
                .isPresent();
    }

    StateFiles files() {
        return files;
    }

    /** Waits until this host is enrolled. */
    public Identity enrol() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Identity known = identity;
            while (known == null) {
                known = tryEnrol();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Identity tryEnrol() throws InterruptedException {
        try {
            Optional<String> token = enrolmentToken.get();
            if (token.isEmpty()) {
                failed("not enrolled, and no enrolment token given");
                return null;
            }
            Enrolment.Answer answer = client.enrol(new Enrolment.Request(token.get(), credentials.secretHash()));
            Credentials enrolled = credentials.enrolled(answer, token.get());
            files.write(Credentials.FILE, enrolled);
            credentials = enrolled;
            identity = enrolled.identity();
            problem = null;
            trouble.ended();
            retry.reset();
            LOG.info("enrolled as host {} ({})", answer.hostName(), answer.host());
            return identity;
        } catch (ServerException | IOException e) {
            failed("enrolment failed: " + e.getMessage());
            return null;
        }
    }

    /**
     * This process's session, opened if there is none; waits for as long as the server does not answer.
     *
     * @throws FencedException if another process speaks for this host
     */
    public Session current() throws InterruptedException {
        enrol();
        lock.lockInterruptibly();
        try {
            while (true) {
                String reason = fenced;
                if (reason != null) {
                    throw new FencedException(reason);
                }
                Session have = session;
                if (have != null) {
                    return have;
                }
                tryOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a token that was rotated: from then on this host has another secret, and who has the old one is shut out. A
     * token that the server will not take changes nothing.
     */
    private void takeLaterToken() throws InterruptedException, IOException {
        Optional<String> later = askForLaterToken();
        if (later.isEmpty() || credentials.areOf(later.get()) || later.get().equals(refusedToken)) {
            return;
        }
        String token = later.get();
        Credentials next = files.read(Credentials.NEXT_FILE, Credentials.class)
                .filter(begun -> begun.areOf(token))
                .orElseGet(() -> Credentials.freshFor(token));
        files.write(Credentials.NEXT_FILE, next);
        try {
            Credentials enrolled = next.enrolled(client.enrol(new Enrolment.Request(token, next.secretHash())), token);
            if (Objects.equals(enrolled.identity(), identity)) {
                files.write(Credentials.FILE, enrolled);
                credentials = enrolled;
                LOG.info("enrolled anew as host {}, with another secret", enrolled.hostName());
            } else {
                refusedToken = token;
                LOG.error(
                        "the token is of host {}, and this is {}: it is used up now, rotate it again",
                        enrolled.hostName(),
                        credentials.hostName());
            }
        } catch (ServerException e) {
            if (e.status() == ServerException.UNREACHABLE || e.status() >= 500) {
                throw e;
            }
            refusedToken = token;
            LOG.info("the enrolment token is not taken ({}); going on with the secret there is", e.getMessage());
        }
        files.delete(Credentials.NEXT_FILE);
    }

    /** One that cannot be read must not keep an enrolled host from its server. */
    private Optional<String> askForLaterToken() {
        try {
            return laterToken.get();
        } catch (RuntimeException e) {
            LOG.warn("no later enrolment token: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void tryOpen() throws InterruptedException {
        try {
            takeLaterToken();
            Session opened = client.open(credentials.secret(), new SessionOpening.Request(agentVersion, facts.get()));
            session = opened;
            problem = null;
            trouble.ended();
            retry.reset();
            LOG.info("session open, epoch {}", opened.epoch());
        } catch (ServerException | IOException e) {
            failed("no session: " + e.getMessage());
        }
    }

    private void failed(String what) throws InterruptedException {
        if (trouble.isNews(what)) {
            LOG.warn("{}; trying again", what);
        }
        problem = what;
        retry.pause();
    }

    /**
     * What a refused call means for the session it was made with: an unknown one is opened anew, a superseded one ends this
     * process's work.
     */
    public void refused(Session with, ServerException refusal) throws InterruptedException {
        if (!refusal.isFenced() && !refusal.isUnauthenticated()) {
            return;
        }
        if (refusal.isFenced()) {
            lease.revoke();
        }
        lock.lockInterruptibly();
        try {
            if (session != with || fenced != null) {
                return;
            }
            if (refusal.isFenced()) {
                fenced = "another process opened a session for this host; this one is down until it is started again";
                LOG.error("{}", fenced);
            } else {
                LOG.warn("the server does not know this session any more; opening a new one");
                session = null;
                retry.pause();
            }
        } finally {
            lock.unlock();
        }
    }

    public @Nullable Identity identity() {
        return identity;
    }

    public @Nullable String fencedReason() {
        return fenced;
    }

    /** What keeps it from being enrolled or in session, null if nothing does. */
    public @Nullable String problem() {
        return problem;
    }
}
