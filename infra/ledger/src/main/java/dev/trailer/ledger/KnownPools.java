package dev.trailer.ledger;

import dev.trailer.ledger.ClaimBook.Pool;
import java.util.List;
import java.util.Map;

/**
 * Every pool, by id, as a committer left them.
 *
 * @param position of the head then
 */
record KnownPools(long position, Map<String, Pool> pools) {
    List<ClaimReader.Pool> list() {
        return pools.entrySet().stream()
                .map(e -> new ClaimReader.Pool(
                        e.getKey(),
                        e.getValue().open(),
                        e.getValue().total(),
                        e.getValue().promised()))
                .toList();
    }
}
