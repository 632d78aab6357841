package dev.pawl.testkit.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes one transaction has made so far, and what is to follow its commit. */
final class Transaction {

    private final Map<Table<?, ?>, Map<?, ?>> changes = new IdentityHashMap<>();
    private final List<Runnable> commits = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    @SuppressWarnings("unchecked") // a table's changes are put in below with its own types
    <K, V> @Nullable Map<K, Optional<V>> changesSoFar(Table<K, V> table) {
        return (Map<K, Optional<V>>) changes.get(table);
    }

    <K, V> Map<K, Optional<V>> changes(Table<K, V> table) {
        Map<K, Optional<V>> known = changesSoFar(table);
        if (known != null) {
            return known;
        }
        Map<K, Optional<V>> fresh = new HashMap<>();
        changes.put(table, fresh);
        commits.add(() -> table.commit(fresh));
        return fresh;
    }

    /** As part of the commit: others see it together with the rows. */
    void atCommit(Runnable action) {
        commits.add(action);
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void commit() {
        commits.forEach(Runnable::run);
    }

    void runAfterCommit() {
        afterCommit.forEach(Runnable::run);
    }
}
