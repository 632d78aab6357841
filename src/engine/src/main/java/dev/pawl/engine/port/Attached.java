package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import java.util.Collection;

/** Something kept beside runs that goes when they go: each store of such things has one of these for retention. */
public interface Attached {

    /** Removes at most {@code most} pieces of what is kept of these runs and answers how many; fewer than that: nothing is left. */
    int remove(Collection<RunId> runs, int most);
}
