package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Sessions of browsers and the one-time links that open them. Any thread; blocks on the database. */
final class Sessions implements AutoCloseable {
    /** How long a session lives, used or not: the cookie's age too. */
    static final Duration LIFETIME = Duration.ofDays(7);

    /** How long a session lives unused. */
    private static final Duration IDLE = Duration.ofHours(12);

    /** A page in use would otherwise write a row with every request. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final Duration LINK_LIFETIME = Duration.ofMinutes(15);

    private final Database database;
    private final Clock clock;
    private final Lookup<Use> lookup = new Lookup<>("sessions", this::read);

    Sessions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A link's token, good for one sign-in; earlier links of the account stop working. */
    String newLink(AccountId account) {
        var token = Token.fresh(Token.LINK_PREFIX);
        database.ask(jdbc -> jdbc.sql("""
                with dropped as (delete from sign_in_link where account = :account)
                insert into sign_in_link (token_hash, account, expires_at) values (:hash, :account, :expires)""")
                .param("account", account.value())
                .param("hash", Token.hash(token))
                .param("expires", Database.time(clock.instant().plus(LINK_LIFETIME)))
                .update());
        return token;
    }

    /** Uses the link up and opens a session, in one statement: however many try it, one gets in. */
    Optional<String> open(String link) {
        if (!link.startsWith(Token.LINK_PREFIX) || link.length() > Token.MAX_LENGTH) {
            return Optional.empty();
        }
        var token = Token.fresh(Token.SESSION_PREFIX);
        var now = clock.instant();
        int opened = database.ask(jdbc -> jdbc.sql("""
                with link as (
                  update sign_in_link set used_at = :now
                  where token_hash = :link and used_at is null and expires_at > :now
                  returning account),
                expired as (delete from session where expires_at <= :now)
                insert into session (token_hash, account, created_at, last_used_at, expires_at)
                select :hash, account, :now, :now, :expires from link""")
                .param("link", Token.hash(link))
                .param("hash", Token.hash(token))
                .param("now", Database.time(now))
                .param("expires", Database.time(now.plus(LIFETIME)))
                .update());
        return opened == 1 ? Optional.of(token) : Optional.empty();
    }

    /** Whose session it is, if it is valid at this moment. Does not block; completes on one of {@code threads}. */
    CompletableFuture<Optional<Principal>> find(String token, Executor threads) {
        if (!token.startsWith(Token.SESSION_PREFIX)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var hash = Token.hash(token);
        return lookup.find(hash).thenApplyAsync(found -> found.map(use -> noted(use, hash)), threads);
    }

    private Map<String, Use> read(byte[][] hashes) {
        var now = clock.instant();
        return Use.byHash(database.ask(jdbc -> jdbc.sql("""
                select s.token_hash, a.id, a.handle, a.role, s.last_used_at
                from session s join account a on a.id = s.account
                where s.token_hash = any (?) and s.expires_at > ? and s.last_used_at > ?""")
                .params(hashes, Database.time(now), Database.time(now.minus(IDLE)))
                .query(Use::read)
                .list()));
    }

    private Principal noted(Use use, byte[] hash) {
        var now = clock.instant();
        if (use.isOlderThan(now.minus(NOTED_EVERY))) {
            database.ask(jdbc -> jdbc.sql("update session set last_used_at = ? where token_hash = ?")
                    .params(Database.time(now), hash)
                    .update());
        }
        return use.principal();
    }

    void close(byte[] tokenHash) {
        database.ask(jdbc -> jdbc.sql("delete from session where token_hash = ?")
                .param(tokenHash)
                .update());
    }

    @Override
    public void close() {
        lookup.close();
    }
}
