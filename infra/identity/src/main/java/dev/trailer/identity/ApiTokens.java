package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Tokens for programs. Any thread; blocks on the database. */
final class ApiTokens implements AutoCloseable {
    /** A token in steady use would otherwise write a row with every request. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Lookup<Use> lookup = new Lookup<>("tokens", this::read);

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

    boolean isValid(String token) {
        return !read(new byte[][] {Token.hash(token)}).isEmpty();
    }

    /** Whose it is, if it is valid at this moment. Does not block; completes on one of {@code threads}. */
    CompletableFuture<Optional<Principal>> find(String token, Executor threads) {
        if (!token.startsWith(Token.API_PREFIX)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var hash = Token.hash(token);
        return lookup.find(hash).thenApplyAsync(found -> found.map(use -> noted(use, hash)), threads);
    }

    private Map<String, Use> read(byte[][] hashes) {
        return Use.byHash(database.ask(
                jdbc -> jdbc.sql("""
                select t.token_hash, a.id, a.handle, a.role, t.last_used_at
                from api_token t join account a on a.id = t.account
                where t.token_hash = any (?)""").param(hashes).query(Use::read).list()));
    }

    private Principal noted(Use use, byte[] hash) {
        var now = clock.instant();
        if (use.isOlderThan(now.minus(NOTED_EVERY))) {
            database.ask(jdbc -> jdbc.sql("update api_token set last_used_at = ? where token_hash = ?")
                    .params(Database.time(now), hash)
                    .update());
        }
        return use.principal();
    }

    @Override
    public void close() {
        lookup.close();
    }
}
