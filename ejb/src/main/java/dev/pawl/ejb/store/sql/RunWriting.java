package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.port.StaleRunException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes many runs in few statements. */
public interface RunWriting {

    /**
     * Writes runs with their changed steps and checkpoints, and adds what they recorded to history and to the outbox.
     *
     * @param fresh runs that are not there yet
     * @param known runs that are there
     * @param commits whether the transaction may be committed with it
     * @throws StaleRunException when a known run is not at its loaded version; then nothing is to be kept
     */
    void save(Connection connection, List<Run> fresh, List<Run> known, boolean commits) throws SQLException;

    Set<StepKey> extendLeases(Connection connection, String owner, Instant until) throws SQLException;
}
