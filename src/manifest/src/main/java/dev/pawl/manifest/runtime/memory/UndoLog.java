package dev.pawl.manifest.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/** How to take back what the running unit of work wrote, last write first. */
final class UndoLog {
    private final List<Runnable> steps = new ArrayList<>();

    void add(Runnable step) {
        steps.add(step);
    }

    int size() {
        return steps.size();
    }

    void rollBackTo(int savepoint) {
        for (int i = steps.size() - 1; i >= savepoint; i--) {
            steps.remove(i).run();
        }
    }

    void clear() {
        steps.clear();
    }
}
