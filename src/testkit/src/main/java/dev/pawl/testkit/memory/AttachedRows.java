package dev.pawl.testkit.memory;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Attached;
import java.util.Collection;
import java.util.function.Function;

/** Rows of a table that go with their runs. */
final class AttachedRows<K, V> implements Attached {

    private final Table<K, V> table;
    private final Function<V, RunId> run;

    AttachedRows(Table<K, V> table, Function<V, RunId> run) {
        this.table = table;
        this.run = run;
    }

    @Override
    public int remove(Collection<RunId> runs, int most) {
        var rows = table.rows().entrySet().stream()
                .filter(row -> runs.contains(run.apply(row.getValue())))
                .limit(most)
                .toList();
        rows.forEach(row -> table.remove(row.getKey()));
        return rows.size();
    }
}
