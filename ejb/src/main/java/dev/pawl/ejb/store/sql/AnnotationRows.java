package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AnnotationStore.Filter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Annotations of runs, the same way in every database. The caller who adds some holds the run. */
public final class AnnotationRows {

    private static final String KNOWN =
            "select step_id, name, once_key from pawl_annotation where run_id = ? and once_key in (?";

    private static final String INSERT = "insert into pawl_annotation (run_id, step_id, attempt, name, once_key, type,"
            + " json, made_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SELECT = "select run_id, id, step_id, attempt, name, type, json, made_by, created_at"
            + " from pawl_annotation where run_id = ? and id > ?";

    private static final String IN_ORDER = " order by id fetch first ? rows only";

    private AnnotationRows() {}

    private record Once(String stepId, String name, String onceKey) {
        static Once of(Note note) {
            return new Once(note.stepId(), note.name(), note.onceKey());
        }
    }

    /** Inserts those that are not there, and answers them. */
    public static List<Note> insertMissing(
            Connection connection, RunId run, List<Note> notes, String madeBy, Instant at) throws SQLException {
        Set<Once> known = known(connection, run, notes);
        List<Note> missing =
                notes.stream().filter(note -> known.add(Once.of(note))).toList();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Note note : missing) {
                Parameters.of(statement)
                        .text(run.value())
                        .text(note.stepId())
                        .number(note.attempt())
                        .text(note.name())
                        .text(note.onceKey())
                        .text(note.type())
                        .text(note.json())
                        .text(madeBy)
                        .time(at);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return missing;
    }

    private static Set<Once> known(Connection connection, RunId run, List<Note> notes) throws SQLException {
        String sql = KNOWN + ", ?".repeat(notes.size() - 1) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = Parameters.of(statement).text(run.value());
            for (Note note : notes) {
                parameters.text(note.onceKey());
            }
            return Row.set(statement, row -> new Once(row.text(), row.text(), row.text()));
        }
    }

    public static List<RunAnnotation> list(Connection connection, RunId run, Filter filter, long after, int limit)
            throws SQLException {
        @Nullable String prefix = filter.prefix();
        KeyPrefix names = new KeyPrefix("name", prefix == null ? "" : prefix);
        String sql = SELECT
                + (filter.stepId() == null ? "" : " and step_id = ?")
                + (filter.name() == null ? "" : " and name = ?")
                + (filter.type() == null ? "" : " and type = ?")
                + (prefix == null ? "" : names.condition())
                + IN_ORDER;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = Parameters.of(statement).text(run.value()).number(after);
            for (@Nullable String value : new String[] {filter.stepId(), filter.name(), filter.type()}) {
                if (value != null) {
                    parameters.text(value);
                }
            }
            if (prefix != null) {
                names.bind(parameters);
            }
            parameters.number(limit);
            return read(statement);
        }
    }

    private static List<RunAnnotation> read(PreparedStatement statement) throws SQLException {
        return Row.list(
                statement,
                row -> new RunAnnotation(
                        new RunId(row.text()),
                        row.number(),
                        row.text(),
                        row.integer(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.time()));
    }
}
