package dev.pawl.testkit.memory;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.testkit.memory.Rows.Buried;
import dev.pawl.testkit.memory.Rows.DeadKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Deliveries in memory. */
final class InMemoryListenerDeliveries implements ListenerDeliveries {

    private final Transactions transactions;
    private final Rows rows;

    InMemoryListenerDeliveries(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public void add(Collection<Pending> events, Instant now) {
        events.forEach(event ->
                rows.deliveries.put(event.key(), new Rows.Pending(event.firstSequence(), now, 0, Optional.empty())));
    }

    @Override
    public Set<String> due(Collection<String> listeners, Instant now) {
        Set<String> due = new HashSet<>();
        transactions.statement(() -> {
            rows.deliveries.rows().forEach((key, row) -> {
                if (listeners.contains(key.listener()) && !row.due().isAfter(now)) {
                    due.add(key.listener());
                }
            });
            return due;
        });
        return due;
    }

    @Override
    public List<Delivery> take(String listener, int max, String owner, Instant now, Instant until) {
        List<Delivery> taken = new ArrayList<>();
        for (DeliveryKey key : candidates(listener, now)) {
            if (taken.size() < max && transactions.tryLock(key)) {
                transactions
                        .statement(() -> rows.deliveries.get(key))
                        .filter(row -> !row.due().isAfter(now))
                        .ifPresent(row -> taken.add(take(key, row, owner, until)));
            }
        }
        return taken;
    }

    /** Of each run the first, the longest due first. */
    private List<DeliveryKey> candidates(String listener, Instant now) {
        return transactions.statement(() -> {
            Set<Object> seen = new HashSet<>();
            return rows.deliveries.rows().entrySet().stream()
                    .filter(row -> row.getKey().listener().equals(listener))
                    .filter(row -> seen.add(row.getKey().run()))
                    .filter(row -> !row.getValue().due().isAfter(now))
                    .sorted(Comparator.comparing(row -> row.getValue().due()))
                    .map(Map.Entry::getKey)
                    .toList();
        });
    }

    private Delivery take(DeliveryKey key, Rows.Pending row, String owner, Instant until) {
        int attempt = row.attempts() + 1;
        rows.deliveries.put(key, new Rows.Pending(row.firstSequence(), until, attempt, Optional.of(owner)));
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        RunEvent event = rows.history.get(new EntryKey(key.run(), row.firstSequence())).orElseThrow().stream()
                .filter(one -> one.sequence() == key.sequence())
                .findFirst()
                .orElseThrow();
        return new Delivery(key, attempt, header.tenant(), header.workflowId(), header.correlationId(), event);
    }

    @Override
    public void extend(String owner, Instant until) {
        transactions.statement(rows.deliveries::rows).forEach((key, row) -> {
            if (row.owner().equals(Optional.of(owner))) {
                transactions.lock(key);
                rows.deliveries
                        .get(key)
                        .filter(still -> still.owner().equals(Optional.of(owner)))
                        .ifPresent(still -> rows.deliveries.put(
                                key, new Rows.Pending(still.firstSequence(), until, still.attempts(), still.owner())));
            }
        });
    }

    @Override
    public int release(String node, String currentOwner, Instant now) {
        int[] released = new int[1];
        transactions.statement(rows.deliveries::rows).forEach((key, row) -> {
            boolean leftBehind = row.owner()
                    .filter(owner -> owner.startsWith(node + "#") && !owner.equals(currentOwner))
                    .isPresent();
            if (leftBehind) {
                transactions.lock(key);
                rows.deliveries.put(key, new Rows.Pending(row.firstSequence(), now, row.attempts(), Optional.empty()));
                released[0]++;
            }
        });
        return released[0];
    }

    private Optional<Rows.Pending> held(Hold hold) {
        transactions.lock(hold.key());
        return rows.deliveries
                .get(hold.key())
                .filter(row -> row.owner().equals(Optional.of(hold.owner())) && row.attempts() == hold.attempt());
    }

    @Override
    public boolean heard(Hold hold, Instant now) {
        Optional<Rows.Pending> row = held(hold);
        if (row.isPresent()) {
            rows.deliveries.remove(hold.key());
            bringForward(hold, now);
        }
        return row.isPresent();
    }

    @Override
    public boolean postpone(Hold hold, Instant due, String reason) {
        Optional<Rows.Pending> row = held(hold);
        if (row.isPresent()) {
            rows.deliveries.put(
                    hold.key(), new Rows.Pending(row.get().firstSequence(), due, hold.attempt(), Optional.empty()));
            forEachBehind(hold, (next, behind) -> {
                if (behind.due().isBefore(due)) {
                    rows.deliveries.put(next, behind.due(due));
                }
            });
        }
        return row.isPresent();
    }

    @Override
    public boolean bury(Hold hold, String reason, Instant now) {
        Optional<Rows.Pending> row = held(hold);
        if (row.isPresent()) {
            rows.deliveries.remove(hold.key());
            rows.deadLetters.put(
                    new DeadKey(
                            hold.key().run(), hold.key().sequence(), hold.key().listener()),
                    new Buried(row.get().firstSequence(), reason, hold.attempt(), now));
            bringForward(hold, now);
        }
        return row.isPresent();
    }

    private void bringForward(Hold hold, Instant now) {
        forEachBehind(hold, (next, behind) -> {
            if (behind.due().isAfter(now)) {
                rows.deliveries.put(next, behind.due(now));
            }
        });
    }

    private void forEachBehind(Hold hold, BiConsumer<DeliveryKey, Rows.Pending> action) {
        DeliveryKey key = hold.key();
        rows.deliveries
                .rowsBetween(
                        new DeliveryKey(key.listener(), key.run(), key.sequence() + 1),
                        new DeliveryKey(key.listener(), key.run(), Long.MAX_VALUE))
                .forEach((next, row) -> {
                    if (row.owner().isEmpty()) {
                        action.accept(next, row);
                    }
                });
    }
}
