package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.RunColumns;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.RunStatus;
import java.time.Instant;

/** The small columns of a run: a list must not read inputs and outputs. */
record RunSummary(RunHeader header, RunState state) {

    static final String SELECT = "select r.id, r.tenant, r.workflowId, r.workflowVersion, r.priority, r.correlationId,"
            + " r.principal, r.parentId, r.createdAt, r.status, r.paused, r.group, r.priorAttempts, r.startedAt, r.completedAt,"
            + " r.error.code, r.error.message, r.error.stage, r.cost, r.tokens, r.lastSequence, r.version from RunRecord r";

    static RunSummary of(Object[] row) {
        String parent = (String) row[7];
        return new RunSummary(
                new RunHeader(
                        new RunId((String) row[0]),
                        (String) row[1],
                        (String) row[2],
                        (Integer) row[3],
                        (Integer) row[4],
                        (String) row[5],
                        (String) row[6],
                        parent == null ? null : new RunId(parent),
                        (Instant) row[8]),
                new RunState(
                        (RunStatus) row[9],
                        (Boolean) row[10],
                        (Integer) row[11],
                        (Integer) row[12],
                        (Instant) row[13],
                        (Instant) row[14],
                        null,
                        RunColumns.failure((String) row[15], (String) row[16], (String) row[17]),
                        (double) row[18],
                        (Long) row[19],
                        (Long) row[20],
                        (Long) row[21],
                        null));
    }
}
