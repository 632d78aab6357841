package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes calls of models. Whether a row was there is the database's answer, never asked beforehand. */
public final class AiCallRows {

    static final String COLUMNS =
            "id, tenant, run_id, workflow_id, step_id, attempt, topic, type, model, provider_model,"
                    + " status, error_code, error_message, batch_id, input_tokens, output_tokens, cost, duration_ms, called_at,"
                    + " prompt, response";

    private static final String PLACES_OF_OTHERS = ", ?".repeat(COLUMNS.split(",").length - 1);
    static final String PLACES = "?" + PLACES_OF_OTHERS;
    static final String PLACES_AFTER_ID = "id" + PLACES_OF_OTHERS;

    private static final String END = "update pawl_ai_call set status = ?, error_code = ?, error_message = ?,"
            + " input_tokens = ?, output_tokens = ?, cost = ?, duration_ms = ?, response = ?,"
            // it counts where it is read
            + " run_id = ?, workflow_id = ?, step_id = ?, attempt = ? where id = ? and status = 'SUBMITTED'";

    private static final int TOGETHER = 500;

    private AiCallRows() {}

    private interface Setting {
        void set(Parameters to, AiCall call) throws SQLException;
    }

    /** Inserts those that are not there yet, and answers their ids. */
    public static Set<String> insertMissing(Connection connection, Dialect dialect, List<AiCall> calls)
            throws SQLException {
        return write(connection, dialect.insertMissingAiCall(), calls, AiCallRows::row);
    }

    /** Ends those that are open, and answers their ids. */
    public static Set<String> endOpen(Connection connection, List<AiCall> calls) throws SQLException {
        return write(connection, END, calls, AiCallRows::end);
    }

    private static Set<String> write(Connection connection, String sql, List<AiCall> calls, Setting setting)
            throws SQLException {
        Set<String> written = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<AiCall> together = new ArrayList<>();
            for (AiCall call : calls) {
                setting.set(Parameters.of(statement), call);
                statement.addBatch();
                together.add(call);
                if (together.size() == TOGETHER) {
                    execute(statement, together, written);
                }
            }
            execute(statement, together, written);
        }
        return written;
    }

    private static void execute(PreparedStatement statement, List<AiCall> together, Set<String> written)
            throws SQLException {
        if (together.isEmpty()) {
            return;
        }
        int[] counts = statement.executeBatch();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                written.add(together.get(i).id());
            }
        }
        together.clear();
    }

    private static void row(Parameters to, AiCall call) throws SQLException {
        Failure failure = call.failure();
        to.text(call.id())
                .text(call.tenant())
                .text(call.run().value())
                .text(call.workflowId())
                .text(call.stepId())
                .number(call.attempt())
                .text(call.topic())
                .text(call.type().name())
                .text(call.model())
                .text(call.providerModel())
                .text(call.status().name())
                .text(RunColumns.of(failure, Failure::code))
                .text(RunColumns.of(failure, Failure::message))
                .text(call.batchId())
                .number(call.inputTokens())
                .number(call.outputTokens())
                .decimal(call.cost())
                .number(call.duration().toMillis())
                .time(call.at())
                .text(call.prompt())
                .text(call.response());
    }

    private static void end(Parameters to, AiCall call) throws SQLException {
        Failure failure = call.failure();
        to.text(call.status().name())
                .text(RunColumns.of(failure, Failure::code))
                .text(RunColumns.of(failure, Failure::message))
                .number(call.inputTokens())
                .number(call.outputTokens())
                .decimal(call.cost())
                .number(call.duration().toMillis())
                .text(call.response())
                .text(call.run().value())
                .text(call.workflowId())
                .text(call.stepId())
                .number(call.attempt())
                .text(call.id());
    }
}
