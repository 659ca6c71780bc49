package dev.trailer.query.output;

import dev.trailer.api.AttemptView;
import java.util.List;

/** Attempts whose output, one after the other, is one log. Blocks on the database. */
public interface OutputSource {
    /** Those that there are by now, the oldest first; later ones are only added at the end. */
    List<AttemptView> attempts();

    /** Whether another may be added, or one of them may go on. */
    boolean mayGrow();

    /** What to say at the end if there was nothing to be said. */
    String whenEmpty();
}
