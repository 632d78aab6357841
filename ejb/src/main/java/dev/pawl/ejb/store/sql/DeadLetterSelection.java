package dev.pawl.ejb.store.sql;

import dev.pawl.engine.port.DeadLetters.Selection;
import java.sql.SQLException;

/** The condition of a selection of dead letters, beside their tenant; {@code d} is the letter. */
final class DeadLetterSelection {

    private DeadLetterSelection() {}

    static String condition(Selection selection) {
        return (selection.run() == null ? "" : " and d.run_id = ?")
                + (selection.listener() == null ? "" : " and d.listener = ?")
                + (selection.workflowId() == null
                        ? ""
                        : " and exists (select 1 from pawl_run r where r.id = d.run_id and r.workflow_id = ?)");
    }

    static void bind(Selection selection, Parameters to) throws SQLException {
        if (selection.run() != null) {
            to.text(selection.run().value());
        }
        if (selection.listener() != null) {
            to.text(selection.listener());
        }
        if (selection.workflowId() != null) {
            to.text(selection.workflowId());
        }
    }
}
