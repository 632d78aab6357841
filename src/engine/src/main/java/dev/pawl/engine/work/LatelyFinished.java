package dev.pawl.engine.work;

import dev.pawl.engine.model.RunId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The runs that ended last on this server. Whoever begins to wait for a run right after it was created may come too late to
 * be told, and need not ask the database whether that is so.
 */
final class LatelyFinished {

    private static final int MOST = 4_096;

    private final Set<RunId> runs = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    void add(RunId run) {
        runs.add(run);
    }

    boolean contains(RunId run) {
        return runs.contains(run);
    }
}
