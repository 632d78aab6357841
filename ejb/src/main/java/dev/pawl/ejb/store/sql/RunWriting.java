package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes many runs in few statements. */
public interface RunWriting {

    /**
     * Writes runs with their changed steps, and adds what they recorded to history and to the outbox.
     *
     * @param fresh runs that are not there yet
     * @param known runs that are there; those no longer at their loaded version stay as they are, and the caller rolls back
     * @return the known runs that were at their loaded version
     */
    Set<RunId> save(Connection connection, List<Run> fresh, List<Run> known) throws SQLException;

    Set<StepKey> extendLeases(Connection connection, String owner, Instant until) throws SQLException;
}
