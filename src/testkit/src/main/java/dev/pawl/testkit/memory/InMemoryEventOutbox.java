package dev.pawl.testkit.memory;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.testkit.memory.Rows.Buried;
import dev.pawl.testkit.memory.Rows.EntryKey;
import dev.pawl.testkit.memory.Rows.Open;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The outbox in memory. */
final class InMemoryEventOutbox implements EventOutbox {

    private static final Object RELAY = "duty:relay";

    private final Transactions transactions;
    private final Rows rows;

    InMemoryEventOutbox(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public List<Entry> lockDue(int max, Instant now) {
        return transactions.tryLock(RELAY) ? transactions.statement(() -> due(max, now)) : List.of();
    }

    private List<Entry> due(int max, Instant now) {
        List<Entry> due = new ArrayList<>();
        Set<RunId> heldUp = new HashSet<>();
        for (Map.Entry<EntryKey, Open> row : rows.outbox.rows().entrySet()) {
            RunId run = row.getKey().run();
            if (row.getValue().due().isAfter(now)) {
                heldUp.add(run);
            } else if (due.size() < max && !heldUp.contains(run)) {
                due.add(entry(row.getKey(), row.getValue()));
            }
        }
        return due;
    }

    private Entry entry(EntryKey key, Open row) {
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        List<RunEvent> events = rows.history.get(key).orElseThrow();
        return new Entry(
                key.run(),
                header.tenant(),
                header.workflowId(),
                header.correlationId(),
                key.firstSequence(),
                row.attempts(),
                events);
    }

    @Override
    public void delivered(Collection<Entry> entries) {
        entries.forEach(entry -> rows.outbox.remove(key(entry)));
    }

    @Override
    public void postpone(Entry entry, Instant due, String reason) {
        rows.outbox.put(key(entry), new Open(due, entry.attempts() + 1));
    }

    @Override
    public void bury(Entry entry, String reason, Instant now) {
        rows.outbox.remove(key(entry));
        rows.deadLetters.put(key(entry), new Buried(reason, entry.attempts() + 1, now));
    }

    private static EntryKey key(Entry entry) {
        return new EntryKey(entry.run(), entry.firstSequence());
    }
}
