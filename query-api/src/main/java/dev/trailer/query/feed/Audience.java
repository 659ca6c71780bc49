package dev.trailer.query.feed;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.facts.FactReader;
import dev.trailer.query.facts.FactReader.Sight;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Those who see the same facts with the same ids: what is encoded for one of them serves all. Any thread. */
final class Audience {
    private final FactReader reader;
    private final Principal oneOfThem;
    private final Sight sight;
    private final Topics topics;
    private final String mark;
    private final int hash;

    /** @param mark of the timeline that their ids belong to */
    Audience(FactReader reader, Principal principal, Topics topics, String mark) {
        this.reader = reader;
        this.oneOfThem = principal;
        this.sight = reader.sightOf(principal);
        this.topics = topics;
        this.mark = mark;
        this.hash = Objects.hash(sight, topics, mark);
    }

    boolean sees(RecordedEvent event) {
        return topics.include(event) && reader.visible(oneOfThem, event);
    }

    /** Whether it chose topics, so that much may pass it by. */
    boolean choosy() {
        return !topics.all();
    }

    String mark() {
        return mark;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Audience audience
                        && hash == audience.hash
                        && sight.equals(audience.sight)
                        && topics.equals(audience.topics)
                        && mark.equals(audience.mark));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
