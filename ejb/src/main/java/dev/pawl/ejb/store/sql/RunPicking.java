package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Locks runs and reads them as they are then; see {@link dev.pawl.engine.port.RunStore}. */
public interface RunPicking {

    Map<RunId, Run> lock(Connection connection, Collection<RunId> ids) throws SQLException;

    List<Run> lockPending(Connection connection, int max) throws SQLException;

    List<Run> lockDue(Connection connection, int max, Instant now) throws SQLException;

    List<Run> lockStuck(Connection connection, int max) throws SQLException;

    List<Run> lockParked(Connection connection, int max) throws SQLException;

    List<Run> lockExpired(Connection connection, int max, Instant now) throws SQLException;

    List<Run> lockLeftBehind(Connection connection, int max, String node, String currentOwner) throws SQLException;
}
