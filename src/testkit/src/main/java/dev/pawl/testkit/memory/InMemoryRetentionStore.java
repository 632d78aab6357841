package dev.pawl.testkit.memory;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.testkit.memory.Rows.StoredRun;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What has been kept for long, in memory. */
final class InMemoryRetentionStore implements RetentionStore {

    private static final Object RETENTION = "duty:retention";

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::tenant).thenComparing(Place::createdAt).thenComparing(Place::run);

    private final Transactions transactions;
    private final Rows rows;

    InMemoryRetentionStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public boolean takeDuty() {
        return transactions.tryLock(RETENTION);
    }

    @Override
    public Page look(Place place, Instant createdBefore, int max) {
        List<OldRun> found = transactions.statement(() -> rows.runs.rows().values().stream()
                .filter(run -> run.header().createdAt().isBefore(createdBefore))
                .filter(run -> ORDER.compare(place(run), place) > 0)
                .sorted(Comparator.comparing(InMemoryRetentionStore::place, ORDER))
                .limit(max)
                .map(this::old)
                .toList());
        return new Page(
                found, found.size() == max ? Optional.of(found.get(max - 1).place()) : Optional.empty());
    }

    private static Place place(StoredRun run) {
        return new Place(
                run.header().tenant(),
                run.header().createdAt(),
                run.header().id().value());
    }

    private OldRun old(StoredRun run) {
        return new OldRun(
                run.header().id(),
                place(run),
                run.state().status(),
                run.state().completedAt(),
                run.state().lastSequence(),
                run.state().version(),
                isNeeded(run));
    }

    private boolean isNeeded(StoredRun run) {
        RunId id = run.header().id();
        RunId parent = run.header().parent();
        return hasEntries(rows.late, id)
                || rows.deadLetters.rows().keySet().stream()
                        .anyMatch(letter -> letter.run().equals(id))
                || rows.deliveries.rows().keySet().stream()
                        .anyMatch(delivery -> delivery.run().equals(id))
                || parent != null
                        && rows.runs
                                .get(parent)
                                .filter(row -> !row.state().status().isFinished())
                                .isPresent();
    }

    private boolean isListed(RunId run) {
        return rows.slips.rows().values().stream().flatMap(List::stream).anyMatch(position -> rows.feed
                .get(position)
                .filter(entry -> entry.run().equals(run))
                .isPresent());
    }

    private static boolean hasEntries(Table<EntryKey, ?> table, RunId run) {
        return !table.rowsBetween(new EntryKey(run, 0), new EntryKey(run, Long.MAX_VALUE))
                .isEmpty();
    }

    @Override
    public List<RunId> lock(Collection<OldRun> runs) {
        return runs.stream()
                .sorted(Comparator.comparing(OldRun::id))
                .filter(run -> transactions.tryLock(run.id()))
                .filter(run -> transactions
                        .statement(() -> rows.runs.get(run.id()))
                        .filter(row -> row.state().version() == run.version())
                        .isPresent())
                .map(OldRun::id)
                .filter(run -> !transactions.statement(() -> isListed(run)))
                .toList();
    }

    @Override
    public void remove(Collection<RunId> runs) {
        for (RunId run : runs) {
            rows.steps
                    .rowsBetween(new StepKey(run, ""), new StepKey(run, "\uffff"))
                    .keySet()
                    .forEach(rows.steps::remove);
            rows.waits
                    .rowsBetween(
                            new Rows.WaitKey(run, Integer.MIN_VALUE, Integer.MIN_VALUE),
                            new Rows.WaitKey(run, Integer.MAX_VALUE, Integer.MAX_VALUE))
                    .keySet()
                    .forEach(rows.waits::remove);
            rows.history
                    .rowsBetween(new EntryKey(run, 0), new EntryKey(run, Long.MAX_VALUE))
                    .keySet()
                    .forEach(rows.history::remove);
            rows.runs.remove(run);
        }
    }

    @Override
    public int removeKeys(Instant before, int max) {
        return remove(rows.keys, key -> key.at().isBefore(before), max);
    }

    @Override
    public int removeDeadLetters(Instant before, int max) {
        return remove(rows.deadLetters, letter -> letter.at().isBefore(before), max);
    }

    @Override
    public int removeEvents(Instant before, int max) {
        List<Map.Entry<Rows.EventKey, Rows.KeptEvent>> old =
                transactions.statement(() -> rows.inbox.rows().entrySet().stream()
                        .filter(row -> row.getValue().received().isBefore(before))
                        .filter(row -> !isAwaited(row.getValue().event()))
                        .sorted(Comparator.comparing(row -> row.getValue().received()))
                        .limit(max)
                        .toList());
        old.forEach(row -> {
            rows.inbox.remove(row.getKey());
            if (row.getValue().event().data() instanceof Payload.Stored stored) {
                rows.discarded.put(stored.blobKey(), stored.blobKey());
            }
        });
        return old.size();
    }

    /** Whether a wait has taken it, or one with the same data, and has not got it yet. */
    private boolean isAwaited(PublishedEvent event) {
        return rows.waits.rows().values().stream()
                .anyMatch(wait -> wait.arrival() > 0 && event.data().equals(wait.data()));
    }

    @Override
    public int removeLogLines(Collection<RunId> runs, Instant before, int max) {
        return remove(rows.log, line -> runs.contains(line.run()) && line.at().isBefore(before), max);
    }

    private <K, V> int remove(Table<K, V> table, Predicate<V> wanted, int max) {
        List<K> keys = transactions.statement(() -> table.rows().entrySet().stream()
                .filter(row -> wanted.test(row.getValue()))
                .limit(max)
                .map(Map.Entry::getKey)
                .toList());
        keys.forEach(table::remove);
        return keys.size();
    }
}
