package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.Enrolment;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.EnrolHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an agent its host's agent. First the token is bound to the secret's hash, then one transaction stores the
 * credential and records the enrolment: a crash in between, or a lost answer, is mended by asking again. Any thread.
 */
final class Enroller {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private record Row(String host, String hostName, byte @Nullable [] secretHash, boolean used) {}

    private final Database database;
    private final Commands commands;
    private final Installation installation;
    private final Clock clock;

    Enroller(Database database, Commands commands, Installation installation, Clock clock) {
        this.database = database;
        this.commands = commands;
        this.installation = installation;
        this.clock = clock;
    }

    /** @throws Refused with {@code enrolment_refused} */
    Enrolment.Answer enrol(Enrolment.Request request) {
        if (!isWellFormed(request)) {
            throw new Refused(new Reason.EnrolmentRefused());
        }
        var token = Secret.hash(request.token());
        var secret = HexFormat.of().parseHex(request.secretHash());
        bind(token, secret);
        var row = find(token);
        if (!row.used) {
            store(row, token, secret);
        } else if (!isCredential(row.host, secret)) {
            // A later token, or the host's removal, has taken this one's place.
            throw new Refused(new Reason.EnrolmentRefused());
        }
        return new Enrolment.Answer(installation.id(), row.host, row.hostName);
    }

    @SuppressWarnings("ConstantValue") // it came as JSON, where anything may be missing
    private static boolean isWellFormed(Enrolment.Request request) {
        return request.token() != null
                && request.secretHash() != null
                && request.token().length() <= Secret.MAX_LENGTH
                && HASH.matcher(request.secretHash()).matches();
    }

    /** One secret for each token: the first that is shown in time. */
    private void bind(byte[] token, byte[] secret) {
        int bound = database.ask(jdbc -> jdbc.sql("""
                update enrolment_token set secret_hash = :secret
                where token_hash = :token
                  and (secret_hash = :secret or secret_hash is null and expires_at > :now)""")
                .param("token", token)
                .param("secret", secret)
                .param("now", time(clock.instant()))
                .update());
        if (bound == 0) {
            throw new Refused(new Reason.EnrolmentRefused());
        }
    }

    private Row find(byte[] token) {
        return database.ask(jdbc -> jdbc.sql("""
                        select host, host_name, secret_hash, used_at is not null as used
                        from enrolment_token where token_hash = ?""")
                        .param(token)
                        .query((row, n) -> new Row(
                                row.getString("host"),
                                row.getString("host_name"),
                                row.getBytes("secret_hash"),
                                row.getBoolean("used")))
                        .optional())
                .orElseThrow(() -> new Refused(new Reason.EnrolmentRefused()));
    }

    private void store(Row row, byte[] token, byte[] secret) {
        if (!Arrays.equals(secret, row.secretHash)) {
            throw new Refused(new Reason.EnrolmentRefused());
        }
        if (isAnothersSecret(row.host, secret)) {
            throw new Refused(new Reason.EnrolmentRefused());
        }
        var host = new HostId(row.host);
        var now = clock.instant();
        try {
            commands.send(
                    Actor.agent(host),
                    new EnrolHost(host),
                    List.of(
                            GatewayWrite.of("""
                                    insert into host_credential (host, secret_hash, created_at) values (?, ?, ?)
                                    on conflict (host) do update
                                    set secret_hash = excluded.secret_hash, created_at = excluded.created_at""", row.host, secret, now),
                            GatewayWrite.of("update enrolment_token set used_at = ? where token_hash = ?", now, token),
                            // Of the agent whose place this one takes.
                            HostRegistry.endSessions(host)));
        } catch (Refused e) {
            throw e.reason() instanceof Reason.NotFound ? new Refused(new Reason.EnrolmentRefused()) : e;
        }
    }

    private boolean isAnothersSecret(String host, byte[] secret) {
        return database.ask(jdbc -> jdbc.sql("select count(*) from host_credential where secret_hash = ? and host <> ?")
                        .params(secret, host)
                        .query(Long.class)
                        .single())
                > 0;
    }

    private boolean isCredential(String host, byte[] secret) {
        return database.ask(jdbc -> jdbc.sql("select count(*) from host_credential where host = ? and secret_hash = ?")
                        .params(host, secret)
                        .query(Long.class)
                        .single())
                > 0;
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
