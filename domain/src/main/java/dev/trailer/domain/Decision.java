package dev.trailer.domain;

import dev.trailer.domain.claim.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule decided: the events to record and the claims that must be granted for them, all or nothing. No events and
 * no claims means that nothing had to change.
 */
public record Decision<E extends DomainEvent>(List<E> events, List<Claim> claims) {
    public Decision {
        events = List.copyOf(events);
        claims = List.copyOf(claims);
    }

    public static <E extends DomainEvent> Decision<E> of(E event) {
        return new Decision<>(List.of(event), List.of());
    }

    /** The state already is what was asked for. */
    public static <E extends DomainEvent> Decision<E> nothing() {
        return new Decision<>(List.of(), List.of());
    }

    public Decision<E> claiming(Claim... more) {
        var all = new ArrayList<>(claims);
        all.addAll(List.of(more));
        return new Decision<>(events, all);
    }
}
