package dev.trailer.agent.gateway;

import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.Optional;

/** The table of agents' sessions. Any thread; blocks. */
final class SessionStore implements Turns {
    /** How many superseded sessions of a host are remembered: an agent that restarts without end must not fill a table. */
    private static final int REMEMBERED_EPOCHS = 1_000;

    /** Of a host that is gone. */
    private static final long NOBODYS_TURN = -1;

    /** @param current the host's latest epoch */
    private record Found(AgentSession session, long current) {}

    private final Database database;

    SessionStore(Database database) {
        this.database = database;
    }

    Optional<HostId> hostBySecret(String secret) {
        return database.ask(jdbc -> jdbc
                .sql("select host from host_credential where secret_hash = ?")
                .param(Secret.hash(secret))
                .query(String.class)
                .list()
                .stream()
                .reduce((one, other) -> "")
                .filter(host -> !host.isEmpty())
                .map(HostId::new));
    }

    /**
     * The session of a token.
     *
     * @throws Refused with {@code epoch_superseded} if the host has opened another since
     */
    Optional<AgentSession> byToken(String token) {
        var hash = Secret.hash(token);
        return database.ask(jdbc -> jdbc.sql("""
                        select t.host, t.epoch, s.epoch as current
                        from agent_token t join agent_session s on s.host = t.host
                        where t.token_hash = ?""")
                        .param(hash)
                        .query((row, n) -> new Found(
                                new AgentSession(new HostId(row.getString("host")), row.getLong("epoch")),
                                row.getLong("current")))
                        .optional())
                .map(found -> {
                    if (found.session.epoch() < found.current) {
                        throw new Refused(new Reason.EpochSuperseded(found.session.epoch(), found.current));
                    }
                    return found.session;
                });
    }

    /**
     * @throws Refused with {@code epoch_superseded} if it is not its host's latest any more; with {@code unauthenticated} if
     *     it was ended
     */
    void requireCurrent(AgentSession session) {
        long current = database.ask(jdbc -> jdbc.sql("""
                        select s.epoch from agent_session s
                        where s.host = :host
                          and exists (select from agent_token t where t.host = s.host and t.epoch = :epoch)""")
                        .param("host", session.host().value())
                        .param("epoch", session.epoch())
                        .query(Long.class)
                        .optional())
                .orElseThrow(() -> new Refused(new Reason.Unauthenticated()));
        if (current != session.epoch()) {
            throw new Refused(new Reason.EpochSuperseded(session.epoch(), current));
        }
    }

    /** The host's next epoch, in one statement: of two that open at once each gets its own. */
    long open(HostId host, String token, String agentVersion, long paceMillis) {
        return database.ask(jdbc -> jdbc.sql("""
                with opened as (
                  insert into agent_session (host, epoch, opened_at, last_seen_at, last_sequence, agent_version,
                    engine_up, pace_millis, online)
                  values (:host, 1, clock_timestamp(), clock_timestamp(), 0, :version, true, :pace, false)
                  on conflict (host) do update set
                    epoch = agent_session.epoch + 1, opened_at = clock_timestamp(), last_seen_at = clock_timestamp(),
                    last_sequence = 0, agent_version = excluded.agent_version, engine_up = true,
                    pace_millis = excluded.pace_millis
                  returning host, epoch),
                token as (
                  insert into agent_token (token_hash, host, epoch) select :hash, host, epoch from opened),
                forgotten as (
                  delete from agent_token t using opened o where t.host = o.host and t.epoch <= o.epoch - :remembered)
                select epoch from opened""")
                .param("host", host.value())
                .param("version", agentVersion)
                .param("pace", paceMillis)
                .param("hash", Secret.hash(token))
                .param("remembered", REMEMBERED_EPOCHS)
                .query(Long.class)
                .single());
    }

    @Override
    public Touched touch(AgentSession session, long sequence, boolean engineUp, long paceMillis) {
        var touched = database.ask(jdbc -> jdbc.sql("""
                update agent_session set
                  last_seen_at = case when :sequence > last_sequence then clock_timestamp() else last_seen_at end,
                  engine_up = case when :sequence > last_sequence then :engine else engine_up end,
                  pace_millis = :pace
                where host = :host and epoch = :epoch
                returning last_sequence, carried_out, online, agent_version""")
                .param("sequence", sequence)
                .param("engine", engineUp)
                .param("pace", paceMillis)
                .param("host", session.host().value())
                .param("epoch", session.epoch())
                .query((row, n) -> new Touched(
                        row.getLong("last_sequence"),
                        row.getLong("carried_out"),
                        row.getBoolean("online"),
                        row.getString("agent_version")))
                .optional());
        if (touched.isEmpty()) {
            requireCurrent(session);
        }
        return touched.orElseThrow(() -> new Refused(new Reason.Contended()));
    }

    @Override
    public long done(AgentSession session, long sequence) {
        return database.ask(jdbc -> jdbc.sql("""
                update agent_session set
                  carried_out = carried_out + 1,
                  last_sequence = case when epoch = :epoch then greatest(last_sequence, :sequence) else last_sequence end
                where host = :host
                returning carried_out""")
                        .param("epoch", session.epoch())
                        .param("sequence", sequence)
                        .param("host", session.host().value())
                        .query(Long.class)
                        .optional())
                .orElse(NOBODYS_TURN);
    }

    /** How many agents are there to be paced. */
    long count() {
        return database.ask(jdbc -> jdbc.sql("select count(*) from agent_session where online")
                .query(Long.class)
                .single());
    }

    /** To be written with the command that records it. */
    static GatewayWrite online(HostId host, boolean online) {
        return GatewayWrite.of("update agent_session set online = ? where host = ?", online, host.value());
    }
}
