package dev.pawl.acceptance.feature.retention.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.sql.DataSource;

/** Workflows for the tests of retention. */
public class RetentionProbes implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named("retention-sql", Sql.class).then(new RunSql()).build(),
                Pipeline.named("retention-gated", Gate.class).then(new Stand()).build());
    }

    /**
     * What is to be done in the database.
     *
     * @param changes executed one after the other
     * @param question whose first column is the answer
     */
    record Sql(List<String> changes, String question) {}

    record Answer(List<String> values) {}

    record Gate(String name) {}

    static final class RunSql implements Stage<Sql, Answer> {
        @Override
        public Answer execute(StageContext context, Sql input) throws Exception {
            DataSource database = (DataSource) new InitialContext().lookup("jdbc/pawl");
            List<String> values = new ArrayList<>();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String change : input.changes()) {
                    statement.execute(change);
                }
                try (ResultSet result = statement.executeQuery(input.question())) {
                    while (result.next()) {
                        values.add(result.getString(1));
                    }
                }
            }
            return new Answer(values);
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.none());
        }
    }

    static final class Stand implements Stage<Gate, Gate> {
        @Override
        public Gate execute(StageContext context, Gate input) throws Exception {
            Gates.await(input.name());
            return input;
        }
    }
}
