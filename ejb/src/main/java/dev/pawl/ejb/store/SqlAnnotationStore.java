package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.AnnotationRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AnnotationStore;
import java.time.Instant;
import java.util.List;

/** Annotations in the database. */
public final class SqlAnnotationStore implements AnnotationStore {

    private final CurrentConnection connection;
    private final ShortTransaction transaction;

    public SqlAnnotationStore(CurrentConnection connection, ShortTransaction transaction) {
        this.connection = connection;
        this.transaction = transaction;
    }

    @Override
    public List<Note> add(RunId run, List<Note> notes, String madeBy, Instant at) {
        return notes.isEmpty()
                ? List.of()
                : connection.call(
                        "annotate run " + run,
                        current -> AnnotationRows.insertMissing(current, run, notes, madeBy, at));
    }

    @Override
    public List<RunAnnotation> list(RunId run, Filter filter, long after, int limit) {
        return transaction.call(() -> connection.call(
                "read annotations of run " + run, current -> AnnotationRows.list(current, run, filter, after, limit)));
    }
}
