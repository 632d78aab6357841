package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of runs that are read by key, the same way in every database. */
public final class RunReading {

    private static final String IN_ORDER = " order by s.group_no, s.ordinal";

    private static final String REQUESTS =
            "select r.id, " + RunRows.request("r") + " from pawl_run r where r.id = any(?)";

    private static final String OUTPUTS = "select s.step_id, s.output from pawl_step s"
            + " where s.run_id = ? and s.status = 'COMPLETED' and s.output is not null";

    /** Of runs {@code r}: no step is due or held, and no code waits for an event. */
    static final String STUCK =
            "not exists (select 1 from pawl_step s where s.run_id = r.id and s.group_no = r.group_no"
                    + " and (s.due_at is not null or s.lease_owner is not null or s.kind is not null and s.status = 'SUSPENDED'))";

    private static final String STEPS =
            "select " + RunRows.step("s") + " from pawl_step s where s.run_id = ?" + IN_ORDER;

    private static final String DISCARDED = "select blob_key from pawl_discarded order by blob_key limit ?";

    private RunReading() {}

    /** All steps of a run, in order of group and place. */
    public static List<StepState> steps(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
            Parameters.of(statement).text(run.value());
            return Row.list(statement, RunRows::step);
        }
    }

    public static List<String> discarded(Connection connection, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DISCARDED)) {
            Parameters.of(statement).number(max);
            return Row.list(statement, Row::text);
        }
    }

    public static Map<RunId, RunRequest> requests(Connection connection, Collection<RunId> ids) throws SQLException {
        Map<RunId, RunRequest> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(REQUESTS)) {
            Parameters.of(statement).texts(RunRows.values(ids.stream()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Row row = new Row(result);
                    found.put(new RunId(row.text()), RunRows.request(row));
                }
            }
        }
        return found;
    }

    public static Map<String, Payload> outputs(Connection connection, RunId run, Collection<String> stepIds)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(OUTPUTS + " and s.step_id = any(?)" + IN_ORDER)) {
            Parameters.of(statement).text(run.value()).texts(stepIds.toArray(String[]::new));
            return outputs(statement);
        }
    }

    public static Map<String, Payload> outputs(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OUTPUTS + IN_ORDER)) {
            Parameters.of(statement).text(run.value());
            return outputs(statement);
        }
    }

    private static Map<String, Payload> outputs(PreparedStatement statement) throws SQLException {
        Map<String, Payload> found = new LinkedHashMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.put(result.getString(1), Payload.decode(result.getString(2)));
            }
        }
        return found;
    }
}
