package dev.trailer.command.change;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.NameSpace;
import java.util.List;
import java.util.Optional;

/** Port: what is claimed now. A choice made from it is decided only when the command's own claims are granted. */
public interface Claims {
    Optional<String> holderOf(NameSpace space, String name);

    /** How many names are held there. */
    int namesIn(NameSpace space);

    /** Every host's, as committed. */
    List<Pool> pools();

    /** The same, perhaps a moment old where other servers write too: a choice made by it may be refused. Costs little. */
    List<Pool> poolsLately();

    /** Ids of all workspaces and volumes on a host. */
    List<String> placedOn(String pool);

    /** A host's capacity and what is promised of it. */
    record Pool(String id, boolean open, Resources total, Resources promised) {
        public Resources free() {
            return total.minus(promised);
        }
    }
}
