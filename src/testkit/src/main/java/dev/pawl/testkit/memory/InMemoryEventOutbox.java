package dev.pawl.testkit.memory;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.testkit.memory.Rows.Buried;
import dev.pawl.testkit.memory.Rows.DeadKey;
import dev.pawl.testkit.memory.Rows.Late;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outbox in memory. */
final class InMemoryEventOutbox implements EventOutbox {

    private static final Object RELAY = "duty:relay";

    private static final Comparator<EntryName.Fresh> BY_SLIP =
            Comparator.comparing(EntryName.Fresh::slip).thenComparing(EntryName.Fresh::position);

    private static final Comparator<EntryKey> BY_RUN =
            Comparator.comparing(EntryKey::run).thenComparing(EntryKey::firstSequence);

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
    public List<EntryName> peek(OutboxLane lane, int max, Instant now) {
        return transactions.statement(() -> lane == OutboxLane.FRESH ? fresh(max) : late(max, now));
    }

    private List<EntryName> fresh(int max) {
        return rows.slips.rows().entrySet().stream()
                .flatMap(slip -> slip.getValue().stream().map(position -> new EntryName.Fresh(slip.getKey(), position)))
                .limit(max)
                .map(EntryName.class::cast)
                .toList();
    }

    private List<EntryName> late(int max, Instant now) {
        return rows.late.rows().entrySet().stream()
                .filter(row -> row.getValue().due().isPresent()
                        && !row.getValue().due().get().isAfter(now))
                .sorted(Comparator.comparing(row -> row.getValue().due().orElseThrow()))
                .limit(max)
                .<EntryName>map(
                        row -> new EntryName.Late(row.getKey(), row.getValue().attempts()))
                .toList();
    }

    @Override
    public Batch lock(Collection<? extends EntryName> names) {
        return isRelaying() ? transactions.statement(() -> there(names)) : Batch.NONE;
    }

    private Batch there(Collection<? extends EntryName> names) {
        List<Named> due = new ArrayList<>();
        int found = 0;
        for (EntryName.Fresh name : only(names, EntryName.Fresh.class, BY_SLIP)) {
            if (isListed(name)) {
                found++;
                deliverable(name).ifPresent(due::add);
            }
        }
        for (EntryName.Late name :
                only(names, EntryName.Late.class, Comparator.comparing(EntryName.Late::key, BY_RUN))) {
            Optional<Named> head = head(name.key())
                    .map(row -> new EntryName.Late(name.key(), row.attempts()))
                    .map(there -> new Named(there, entry(there.key(), there.attempts())));
            found += head.isPresent() ? 1 : 0;
            head.ifPresent(due::add);
        }
        return new Batch(due, found);
    }

    private static <N extends EntryName> List<N> only(
            Collection<? extends EntryName> names, Class<N> type, Comparator<N> order) {
        return names.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(order)
                .toList();
    }

    private boolean isListed(EntryName.Fresh name) {
        return rows.slips
                .get(name.slip())
                .filter(positions -> positions.contains(name.position()))
                .isPresent();
    }

    /** What comes after a late entry of its run is set aside behind it. */
    private Optional<Named> deliverable(EntryName.Fresh name) {
        Optional<EntryKey> key = key(name);
        if (key.isPresent() && ofRun(key.get().run()).isEmpty()) {
            return Optional.of(new Named(name, entry(key.get(), 0)));
        }
        rows.takeFromSlip(name);
        key.ifPresent(behind -> rows.late.put(behind, new Late(Optional.empty(), 0, "")));
        return Optional.empty();
    }

    /** Nothing when its history is no more. */
    private Optional<EntryKey> key(EntryName.Fresh name) {
        return rows.feed
                .get(name.position())
                .filter(entry -> rows.history.get(entry).isPresent());
    }

    private Optional<Late> head(EntryKey key) {
        return rows.late.get(key).filter(row -> row.due().isPresent());
    }

    private Map<EntryKey, Late> ofRun(RunId run) {
        return rows.late.rowsBetween(new EntryKey(run, 0), new EntryKey(run, Long.MAX_VALUE));
    }

    private Entry entry(EntryKey key, int attempts) {
        RunHeader header = rows.runs.get(key.run()).orElseThrow().header();
        return new Entry(
                key.run(),
                header.tenant(),
                header.workflowId(),
                header.correlationId(),
                key.firstSequence(),
                attempts,
                rows.history.get(key).orElseThrow(),
                Optional.empty(),
                Optional.ofNullable(header.trace()));
    }

    @Override
    public void delivered(Collection<? extends EntryName> names) {
        names.forEach(this::remove);
    }

    private void remove(EntryName name) {
        if (name instanceof EntryName.Fresh fresh) {
            rows.takeFromSlip(fresh);
        } else if (name instanceof EntryName.Late late) {
            rows.late.remove(late.key());
            List<EntryKey> behind = List.copyOf(ofRun(late.key().run()).keySet());
            behind.forEach(rows.late::remove);
            rows.addSlipInFront(behind);
        }
    }

    /** Which entry it is, while it is what it was. */
    private Optional<EntryKey> there(EntryName name) {
        if (!isRelaying()) {
            return Optional.empty();
        }
        if (name instanceof EntryName.Fresh fresh) {
            return isListed(fresh) ? key(fresh) : Optional.empty();
        }
        return Optional.of(name)
                .map(EntryName.Late.class::cast)
                .map(EntryName.Late::key)
                .filter(key -> head(key)
                        .filter(row -> row.attempts() == name.attempts())
                        .isPresent());
    }

    @Override
    public Optional<EntryKey> postpone(EntryName entry, Instant due, String reason) {
        Optional<EntryKey> there = there(entry);
        there.ifPresent(key -> {
            if (entry instanceof EntryName.Fresh fresh) {
                rows.takeFromSlip(fresh);
            }
            rows.late.put(key, new Late(Optional.of(due), entry.attempts() + 1, reason));
        });
        return there;
    }

    @Override
    public Optional<EntryKey> bury(EntryName entry, String reason, Instant now) {
        Optional<EntryKey> there = there(entry);
        there.ifPresent(key -> {
            remove(entry);
            rows.deadLetters.put(
                    new DeadKey(key.run(), key.firstSequence(), ""),
                    new Buried(key.firstSequence(), reason, entry.attempts() + 1, now));
        });
        return there;
    }
}
