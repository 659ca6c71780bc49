package dev.trailer.e2e.faults.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Things that the writers know of, shared, so that they get in each other's way. Any thread. */
final class Known {
    private final List<String> ids = new ArrayList<>();

    synchronized void add(String id) {
        ids.add(id);
    }

    synchronized void remove(String id) {
        ids.remove(id);
    }

    synchronized int size() {
        return ids.size();
    }

    synchronized Optional<String> any(Random random) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
    }
}
