package dev.trailer.secrets;

import java.util.List;
import java.util.Optional;

/** The keys that this server has, the one that seals first. Any thread. */
record KeyRing(List<SealingKey> keys) {
    KeyRing {
        keys = List.copyOf(keys);
    }

    SealingKey sealing() {
        return keys.getFirst();
    }

    Optional<SealingKey> key(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
