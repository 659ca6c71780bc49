package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.family.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as bytes, under names that never change. Any thread. */
public final class EventCodec {
    /** An event's stored name and revision, and its JSON. */
    record Encoded(String type, int revision, byte[] payload) {}

    private record Stored(Class<? extends DomainEvent> javaType, String name, int revision) {}

    private final JsonMapper json = mapper();
    private final Map<Class<?>, Stored> byClass = new HashMap<>();
    private final Map<String, Stored> byName = new HashMap<>();
    private final Map<String, Upcaster> upcasters = new HashMap<>();

    /** @throws IllegalStateException if an event has no stored name, two share one, or a revision cannot be reached */
    public EventCodec(List<Upcaster> upcasters) {
        for (Family<?, ?> family : Family.ALL) {
            for (Class<?> type : family.events().getPermittedSubclasses()) {
                register(type.asSubclass(DomainEvent.class));
            }
        }
        for (Upcaster upcaster : upcasters) {
            if (this.upcasters.put(key(upcaster.type(), upcaster.from()), upcaster) != null) {
                throw new IllegalStateException("two upcasters for " + key(upcaster.type(), upcaster.from()));
            }
        }
        for (Stored stored : byName.values()) {
            for (int revision = 1; revision < stored.revision; revision++) {
                if (!this.upcasters.containsKey(key(stored.name, revision))) {
                    throw new IllegalStateException("no upcaster for " + key(stored.name, revision));
                }
            }
        }
    }

    private void register(Class<? extends DomainEvent> type) {
        var name = type.getAnnotation(StoredAs.class);
        if (name == null) {
            throw new IllegalStateException(type.getName() + " has no @StoredAs");
        }
        var stored = new Stored(type, name.value(), name.revision());
        byClass.put(type, stored);
        if (byName.put(stored.name, stored) != null) {
            throw new IllegalStateException("two events are stored as " + stored.name);
        }
    }

    /** The JSON of stored things: also for views, so that a fact looks the same wherever it is kept. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    /** Every stored name, sorted. */
    public Set<String> types() {
        return new TreeSet<>(byName.keySet());
    }

    public String typeOf(DomainEvent event) {
        return stored(event).name;
    }

    Encoded encode(DomainEvent event) {
        var stored = stored(event);
        return new Encoded(stored.name, stored.revision, json.writeValueAsBytes(event));
    }

    DomainEvent decode(String type, int revision, byte[] payload) {
        var stored = byName.get(type);
        if (stored == null || revision > stored.revision) {
            throw new IllegalStateException(
                    "this version does not know " + key(type, revision) + ": it was written by a newer one");
        }
        if (revision == stored.revision) {
            return json.readValue(payload, stored.javaType);
        }
        var node = json.readValue(payload, ObjectNode.class);
        for (int at = revision; at < stored.revision; at++) {
            var upcaster = upcasters.get(key(type, at));
            if (upcaster == null) {
                throw new IllegalStateException("no upcaster for " + key(type, at));
            }
            node = upcaster.upcast(node);
        }
        return json.treeToValue(node, stored.javaType);
    }

    byte[] encode(Metadata metadata) {
        return json.writeValueAsBytes(metadata);
    }

    Metadata decodeMetadata(byte[] bytes) {
        return json.readValue(bytes, Metadata.class);
    }

    private Stored stored(DomainEvent event) {
        var stored = byClass.get(event.getClass());
        if (stored == null) {
            throw new IllegalStateException(event.getClass().getName() + " is of no family that is stored");
        }
        return stored;
    }

    private static String key(String type, int revision) {
        return type + " revision " + revision;
    }
}
