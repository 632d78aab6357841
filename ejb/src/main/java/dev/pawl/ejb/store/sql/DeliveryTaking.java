package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.DeliveryRows.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Takes events for a listener: of each run the first, past those that others are taking. */
interface DeliveryTaking {

    /** What can be taken: nothing is left before it. */
    String FIRST = " where d.listener = ? and d.due_at <= ? and not exists (select 1 from pawl_listener_delivery e"
            + " where e.listener = d.listener and e.run_id = d.run_id and e.sequence < d.sequence)"
            + " order by d.due_at, d.run_id";

    List<Taken> take(Connection connection, String listener, int max, String owner, Instant now, Instant until)
            throws SQLException;
}
