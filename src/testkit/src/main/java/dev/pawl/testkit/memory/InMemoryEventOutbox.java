package dev.pawl.testkit.memory;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.testkit.memory.Rows.Buried;
import dev.pawl.testkit.memory.Rows.DeadKey;
import dev.pawl.testkit.memory.Rows.Late;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outbox in memory. */
final class InMemoryEventOutbox implements EventOutbox {

    private static final Object RELAY = "duty:relay";

    private final Transactions transactions;
    private final Rows rows;

    InMemoryEventOutbox(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    private boolean isRelaying() {
        return transactions.tryLock(RELAY);
    }

    @Override
    public List<Waiting> peek(OutboxLane lane, int max, Instant now) {
        return transactions.statement(() -> waiting(lane, max, now));
    }

    @Override
    public Batch lock(OutboxLane lane, Collection<EntryKey> keys) {
        if (!isRelaying()) {
            return new Batch(List.of(), 0);
        }
        return transactions.statement(() -> {
            List<Waiting> found = keys.stream()
                    .sorted(Comparator.comparing(EntryKey::run).thenComparing(EntryKey::firstSequence))
                    .flatMap(key -> (lane == OutboxLane.FRESH
                                    ? rows.outbox.get(key).map(there -> 0)
                                    : head(key).map(Late::attempts))
                            .map(attempts -> new Waiting(key, attempts)).stream())
                    .toList();
            return new Batch(deliverable(lane, found), found.size());
        });
    }

    private List<Waiting> waiting(OutboxLane lane, int max, Instant now) {
        if (lane == OutboxLane.FRESH) {
            return rows.outbox.rows().keySet().stream()
                    .limit(max)
                    .map(key -> new Waiting(key, 0))
                    .toList();
        }
        return rows.late.rows().entrySet().stream()
                .filter(row -> row.getValue().due().isPresent()
                        && !row.getValue().due().get().isAfter(now))
                .sorted(Comparator.comparing(row -> row.getValue().due().orElseThrow()))
                .limit(max)
                .map(row -> new Waiting(row.getKey(), row.getValue().attempts()))
                .toList();
    }

    private List<Entry> deliverable(OutboxLane lane, List<Waiting> seen) {
        return seen.stream()
                .filter(waiting -> lane == OutboxLane.LATE || !isSetAside(waiting.key()))
                .map(this::entry)
                .toList();
    }

    /** What comes after a late entry of its run waits behind it. */
    private boolean isSetAside(EntryKey key) {
        if (ofRun(key.run()).isEmpty()) {
            return false;
        }
        rows.outbox.remove(key);
        rows.late.put(key, new Late(Optional.empty(), 0, ""));
        return true;
    }

    private Optional<Late> head(EntryKey key) {
        return rows.late.get(key).filter(row -> row.due().isPresent());
    }

    private Map<EntryKey, Late> ofRun(RunId run) {
        return rows.late.rowsBetween(new EntryKey(run, 0), new EntryKey(run, Long.MAX_VALUE));
    }

    private Entry entry(Waiting waiting) {
        EntryKey key = waiting.key();
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        List<RunEvent> events = rows.history.get(key).orElseThrow();
        return new Entry(
                key.run(),
                header.tenant(),
                header.workflowId(),
                header.correlationId(),
                key.firstSequence(),
                waiting.attempts(),
                events,
                Optional.empty(),
                Optional.ofNullable(header.trace()));
    }

    @Override
    public void delivered(Collection<Entry> entries) {
        entries.forEach(entry -> remove(new Waiting(entry.key(), entry.attempts())));
    }

    private void remove(Waiting entry) {
        if (entry.attempts() == 0) {
            rows.outbox.remove(entry.key());
        } else {
            rows.late.remove(entry.key());
            for (EntryKey behind : List.copyOf(ofRun(entry.key().run()).keySet())) {
                rows.late.remove(behind);
                rows.outbox.put(behind, true);
            }
        }
    }

    private boolean isAsItWas(Waiting entry) {
        return isRelaying()
                && (entry.attempts() == 0
                        ? rows.outbox.get(entry.key()).isPresent()
                        : head(entry.key())
                                .filter(row -> row.attempts() == entry.attempts())
                                .isPresent());
    }

    @Override
    public boolean postpone(Waiting entry, Instant due, String reason) {
        boolean postponed = isAsItWas(entry);
        if (postponed) {
            rows.outbox.remove(entry.key());
            rows.late.put(entry.key(), new Late(Optional.of(due), entry.attempts() + 1, reason));
        }
        return postponed;
    }

    @Override
    public boolean bury(Waiting entry, String reason, Instant now) {
        boolean buried = isAsItWas(entry);
        if (buried) {
            remove(entry);
            rows.deadLetters.put(
                    new DeadKey(entry.key().run(), entry.key().firstSequence(), ""),
                    new Buried(entry.key().firstSequence(), reason, entry.attempts() + 1, now));
        }
        return buried;
    }
}
