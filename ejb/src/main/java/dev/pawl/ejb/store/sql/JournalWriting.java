package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes entries of many journals in few statements. */
public interface JournalWriting {

    /** An entry with the run it belongs to. */
    record Entry(RunId run, Checkpoint checkpoint) {

        /** In the order in which rows are locked; an entry that a run names twice is written as it is last. */
        public static List<Entry> of(Collection<Run> runs) {
            return runs.stream()
                    .flatMap(run -> latest(run).values().stream().map(entry -> new Entry(run.id(), entry)))
                    .sorted(Comparator.comparing(Entry::run)
                            .thenComparing(entry -> entry.checkpoint().ordinal()))
                    .toList();
        }

        private static Map<Integer, Checkpoint> latest(Run run) {
            Map<Integer, Checkpoint> entries = new TreeMap<>();
            run.checkpoints().forEach(entry -> entries.put(entry.ordinal(), entry));
            return entries;
        }
    }

    /** Inserts these entries, or replaces those that are there; the list is not empty. */
    void writeEntries(Connection connection, List<Entry> entries) throws SQLException;
}
