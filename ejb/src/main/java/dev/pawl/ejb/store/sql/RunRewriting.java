package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Changes that only a rerun makes, one run at a time, the same way in every database. */
public final class RunRewriting {

    private static final String DROP_STEPS = "delete from pawl_step where run_id = ? and group_no >= ?";

    private static final String REPLACE_REQUEST =
            "update pawl_run set input = ?, edited_group = ?, edited_input = ? where id = ?";

    private static final String DISCARD = "insert into pawl_discarded (blob_key) values (?)";

    private static final String FORGET = "delete from pawl_discarded where blob_key = ?";

    private RunRewriting() {}

    /** Answers how many there were. */
    public static int dropSteps(Connection connection, RunId run, int fromGroup) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP_STEPS)) {
            Parameters.of(statement).text(run.value()).number(fromGroup);
            return statement.executeUpdate();
        }
    }

    public static void replaceRequest(Connection connection, Run run) throws SQLException {
        RunRequest request = run.request().orElseThrow();
        RunRequest.Edited edited = request.edited();
        try (PreparedStatement statement = connection.prepareStatement(REPLACE_REQUEST)) {
            Parameters.of(statement)
                    .text(request.input().encoded())
                    .number(edited == null ? null : Integer.valueOf(edited.group()))
                    .text(edited == null ? null : edited.input().encoded())
                    .text(run.id().value());
            statement.executeUpdate();
        }
    }

    /** Answers how many keys were noted. */
    public static int discard(Connection connection, Collection<String> keys) throws SQLException {
        return each(connection, DISCARD, keys);
    }

    public static int forget(Connection connection, Collection<String> keys) throws SQLException {
        return each(connection, FORGET, keys);
    }

    private static int each(Connection connection, String sql, Collection<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String key : keys) {
                Parameters.of(statement).text(key);
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }
}
