package dev.trailer.ledger.audit;

import dev.trailer.ledger.HashChain;
import dev.trailer.ledger.LedgerReadFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Recomputes the whole chain from the stored bytes, in one snapshot, and compares it with what is stored, with the head and
 * with the checkpoints. Reads some tens of megabytes a second; one run at a time.
 */
public final class Verifier {
    private final DataSource database;
    private final Supplier<CheckpointReader> checkpoints;

    /** @param checkpoints as they are at the moment of the call */
    public Verifier(DataSource database, Supplier<CheckpointReader> checkpoints) {
        this.database = database;
        this.checkpoints = checkpoints;
    }

    /** May take minutes on a large ledger; holds one connection meanwhile, and blocks no writer. */
    public synchronized Verdict verify() {
        // The checkpoints first: none of those may be for a position that the snapshot does not have yet.
        try (var reader = checkpoints.get();
                var snapshot = Snapshot.open(database)) {
            var head = snapshot.head().orElse(null);
            if (head == null) {
                return new Verdict(0, 0, 0L, "there is no head row", new Verdict.Attested(0, 0, 0, null, List.of()));
            }
            var comparison = new CheckpointComparison(reader, head.install(), head.timeline(), Instant.MAX);
            var check = new TrailCheck(0, HashChain.beginning(), comparison);
            // Also what stands before the first position or behind the head, where nothing should.
            snapshot.begin(Long.MIN_VALUE, Long.MAX_VALUE);
            for (var row = snapshot.next(); row != null && check.row(row); row = snapshot.next()) {
                // on to the next
            }
            return check.end(head, head.position());
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
