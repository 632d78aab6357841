package dev.pawl.testkit.memory;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.JournalStore;
import dev.pawl.testkit.memory.Rows.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Journals in memory. */
final class InMemoryJournalStore implements JournalStore {

    private final Transactions transactions;
    private final Rows rows;

    InMemoryJournalStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public List<Checkpoint> read(RunId run) {
        return transactions.statement(() -> rows.journalOf(run));
    }

    @Override
    public List<Checkpoint> read(RunId run, Collection<Integer> ordinals) {
        Set<Integer> wanted = Set.copyOf(ordinals);
        return read(run).stream()
                .filter(entry -> wanted.contains(entry.ordinal()))
                .toList();
    }

    @Override
    public Map<RunId, List<Checkpoint>> read(Map<RunId, ? extends Collection<Integer>> ordinals) {
        Map<RunId, List<Checkpoint>> found = new TreeMap<>();
        ordinals.forEach((run, wanted) -> found.put(run, read(run, wanted)));
        found.values().removeIf(List::isEmpty);
        return found;
    }

    @Override
    public Map<RunId, List<Checkpoint>> readShort(Collection<RunId> runs, int end) {
        Map<RunId, List<Checkpoint>> found = new TreeMap<>();
        runs.forEach(run -> found.put(run, read(run)));
        found.values()
                .removeIf(entries ->
                        entries.isEmpty() || entries.get(entries.size() - 1).ordinal() >= end);
        return found;
    }

    @Override
    public List<Checkpoint> open(RunId run) {
        return read(run).stream().filter(Checkpoint::isOpen).toList();
    }

    @Override
    public Set<RunId> cancelWishes(Collection<RunId> among) {
        return among.stream()
                .filter(run -> rows.checkpoints
                        .get(new Place(run, Checkpoint.CANCEL_ORDINAL))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public void drop(RunId run) {
        read(run).forEach(entry -> rows.checkpoints.remove(new Place(run, entry.ordinal())));
    }

    @Override
    public void close(Collection<RunId> runs, Instant now) {
        for (RunId run : runs) {
            open(run).forEach(entry -> rows.checkpoints.put(new Place(run, entry.ordinal()), entry.cancelled(now)));
        }
    }
}
