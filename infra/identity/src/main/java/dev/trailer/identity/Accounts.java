package dev.trailer.identity;

import dev.trailer.api.Ids;
import dev.trailer.api.People;
import dev.trailer.domain.access.Role;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The accounts there are. Any thread; blocks on the database. */
public final class Accounts implements People {
    private static final String ERASED = "erased-user";

    /** Handles are read for every row of every list; more people than this do not look at one server within a minute. */
    private static final int MAX_CACHED = 10_000;

    /** How long a handle that another server erased may still be shown. */
    private static final Duration CACHED_FOR = Duration.ofMinutes(1);

    private record Cached(String handle, long untilNanos) {}

    private final Database database;
    private final Clock clock;
    private final Map<AccountId, Cached> handles = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountId, Cached> eldest) {
            return size() > MAX_CACHED;
        }
    };

    Accounts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String handleOf(AccountId account) {
        long now = System.nanoTime();
        synchronized (handles) {
            var cached = handles.get(account);
            if (cached != null && cached.untilNanos - now > 0) {
                return cached.handle;
            }
        }
        var handle = database.ask(jdbc -> jdbc.sql("select handle from account where id = ?")
                .param(account.value())
                .query(String.class)
                .optional()
                .orElse(ERASED));
        synchronized (handles) {
            handles.put(account, new Cached(handle, now + CACHED_FOR.toNanos()));
        }
        return handle;
    }

    /** Makes the account unless there is one of that handle; over any number of servers one is made. */
    AccountId ensure(Handle handle, Role role) {
        var id = database.ask(jdbc -> {
            jdbc.sql("""
                    insert into account (id, handle, role, created_at) values (?, ?, ?, ?)
                    on conflict (handle) do nothing""")
                    .params(Ids.next(clock), handle.value(), Roles.stored(role), Database.time(clock.instant()))
                    .update();
            return jdbc.sql("select id from account where handle = ?")
                    .param(handle.value())
                    .query(String.class)
                    .single();
        });
        return new AccountId(id);
    }
}
