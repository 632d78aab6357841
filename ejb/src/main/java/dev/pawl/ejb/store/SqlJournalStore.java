package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.JournalReading;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.JournalStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Journals in the database: prepared SQL on the transaction's connection, like the runs they belong to. */
public final class SqlJournalStore implements JournalStore {

    private final CurrentConnection connection;

    public SqlJournalStore(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<Checkpoint> read(RunId run) {
        return connection.call("read the journal of run " + run, current -> JournalReading.read(current, run));
    }

    @Override
    public List<Checkpoint> read(RunId run, Collection<Integer> ordinals) {
        return ordinals.isEmpty()
                ? List.of()
                : connection.call("read checkpoints", current -> JournalReading.read(current, run, ordinals));
    }

    @Override
    public Map<RunId, List<Checkpoint>> read(Map<RunId, ? extends Collection<Integer>> ordinals) {
        return ordinals.isEmpty()
                ? Map.of()
                : connection.call(
                        "read checkpoints of " + ordinals.size() + " runs",
                        current -> JournalReading.read(current, ordinals));
    }

    @Override
    public Map<RunId, List<Checkpoint>> readShort(Collection<RunId> runs, int end) {
        return runs.isEmpty()
                ? Map.of()
                : connection.call(
                        "read the journals of " + runs.size() + " runs",
                        current -> JournalReading.readShort(current, runs, end));
    }

    @Override
    public List<Checkpoint> open(RunId run) {
        return connection.call("read open checkpoints", current -> JournalReading.open(current, run));
    }

    @Override
    public Set<RunId> cancelWishes(Collection<RunId> among) {
        return among.isEmpty()
                ? Set.of()
                : connection.call("read wishes to cancel", current -> JournalReading.cancelWishes(current, among));
    }

    @Override
    public void drop(RunId run) {
        connection.call("drop the journal of run " + run, current -> JournalReading.drop(current, run));
    }

    @Override
    public void close(Collection<RunId> runs, Instant now) {
        if (!runs.isEmpty()) {
            connection.call("close journals", current -> JournalReading.close(current, runs, now));
        }
    }
}
