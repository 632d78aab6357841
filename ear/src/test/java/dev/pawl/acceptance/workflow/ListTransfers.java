package dev.pawl.acceptance.workflow;

import dev.pawl.api.None;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of the business table, for tests that cannot reach into an embedded database. */
final class ListTransfers implements Stage<None, ListTransfers.Rows> {

    /** @param names one for each row */
    record Rows(List<String> names) {}

    @Override
    public Rows execute(StageContext context, None input) throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = TransferStage.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM " + TransferStage.TABLE)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return new Rows(names);
    }
}
