package dev.pawl.testkit.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Rows by key. A transaction sees what is committed and its own changes; others see these once it has committed. */
final class Table<K, V> {

    private final ConcurrentSkipListMap<K, V> committed;
    private final Comparator<? super K> order;
    private final Transactions transactions;

    Table(Transactions transactions, Comparator<? super K> order) {
        this.transactions = transactions;
        this.order = order;
        this.committed = new ConcurrentSkipListMap<>(order);
    }

    Optional<V> get(K key) {
        Map<K, Optional<V>> own = own();
        if (own != null && own.containsKey(key)) {
            return own.get(key);
        }
        return Optional.ofNullable(committed.get(key));
    }

    void put(K key, V row) {
        changes().put(key, Optional.of(row));
    }

    void remove(K key) {
        changes().put(key, Optional.empty());
    }

    /** What this transaction sees, in order of keys. */
    Map<K, V> rows() {
        return rowsBetween(null, null);
    }

    /** As {@link #rows()}, from a key (inclusive) to another (exclusive); null leaves an end open. */
    Map<K, V> rowsBetween(@Nullable K from, @Nullable K to) {
        Map<K, V> range = new TreeMap<>(order);
        Map<K, V> part = committed;
        if (from != null && to != null) {
            part = committed.subMap(from, to);
        } else if (from != null) {
            part = committed.tailMap(from);
        }
        range.putAll(part);
        Map<K, Optional<V>> own = own();
        if (own != null) {
            own.forEach((key, row) -> {
                boolean inside =
                        (from == null || order.compare(key, from) >= 0) && (to == null || order.compare(key, to) < 0);
                if (inside) {
                    row.ifPresentOrElse(value -> range.put(key, value), () -> range.remove(key));
                }
            });
        }
        return range;
    }

    void commit(Map<K, Optional<V>> changes) {
        changes.forEach(
                (key, row) -> row.ifPresentOrElse(value -> committed.put(key, value), () -> committed.remove(key)));
    }

    private @Nullable Map<K, Optional<V>> own() {
        Transaction current = transactions.currentOrNull();
        return current == null ? null : current.changesSoFar(this);
    }

    private Map<K, Optional<V>> changes() {
        return transactions.current().changes(this);
    }
}
