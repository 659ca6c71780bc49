package dev.trailer.command.change;

import dev.trailer.domain.claim.NameSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds aggregates by name, first where the name led the last time. That is no more than a hint: it counts only if the
 * aggregate itself says that it has the name, and what the aggregate says is part of what a change rests on. Any thread.
 */
public final class NameHints {
    private static final int MAX_HINTS = 1_000;

    private final Claims claims;
    private final NameSpace space;
    private final Map<String, String> holders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_HINTS;
        }
    };

    public NameHints(Claims claims, NameSpace space) {
        this.claims = claims;
        this.space = space;
    }

    /**
     * What has the name now.
     *
     * @param read of an aggregate by its id
     * @param holds whether that aggregate has the name
     */
    public <S> Optional<S> find(String name, Function<String, Optional<S>> read, Predicate<S> holds) {
        var hint = hint(name);
        var hinted = hint == null ? Optional.<S>empty() : read.apply(hint).filter(holds);
        if (hinted.isPresent()) {
            return hinted;
        }
        var holder = claims.holderOf(space, name);
        holder.ifPresent(id -> note(name, id));
        return holder.flatMap(read);
    }

    private synchronized @Nullable String hint(String name) {
        return holders.get(name);
    }

    private synchronized void note(String name, String holder) {
        holders.put(name, holder);
    }
}
