package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Tokens for programs. Any thread; blocks on the database. */
final class ApiTokens {
    /** A token in steady use would otherwise write a row with every request. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    ApiTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    String issue(AccountId account, String name) {
        var token = Token.fresh(Token.API_PREFIX);
        database.ask(jdbc -> jdbc.sql("""
                insert into api_token (token_hash, account, name, created_at) values (?, ?, ?, ?)""")
                .params(Token.hash(token), account.value(), name, Database.time(clock.instant()))
                .update());
        return token;
    }

    /** Whose it is, if it is valid at this moment. */
    Optional<Principal> find(String token) {
        if (!token.startsWith(Token.API_PREFIX)) {
            return Optional.empty();
        }
        var hash = Token.hash(token);
        var now = clock.instant();
        var found =
                database.ask(jdbc -> jdbc.sql("""
                select a.id, a.handle, a.role, t.last_used_at
                from api_token t join account a on a.id = t.account
                where t.token_hash = ?""").param(hash).query(Use::read).optional());
        found.filter(use -> use.isOlderThan(now.minus(NOTED_EVERY)))
                .ifPresent(
                        _ -> database.ask(jdbc -> jdbc.sql("update api_token set last_used_at = ? where token_hash = ?")
                                .params(Database.time(now), hash)
                                .update()));
        return found.map(Use::principal);
    }
}
