package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes many runs in few statements. No list is empty. */
public interface RunWriting {

    void insertRuns(Connection connection, List<Run> runs) throws SQLException;

    /** Answers the runs that were at their loaded version, which are the ones changed. */
    Set<RunId> updateRuns(Connection connection, List<Run> runs) throws SQLException;

    /** Writes changed steps of these runs, in order. */
    void writeSteps(Connection connection, List<Run> runs) throws SQLException;

    /** Adds what these runs recorded to history and to the outbox. */
    void insertEvents(Connection connection, List<Run> runs) throws SQLException;

    Set<StepKey> extendLeases(Connection connection, String owner, Instant until) throws SQLException;
}
