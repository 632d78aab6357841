package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.ManifestJobRows;
import dev.pawl.engine.json.JsonCodec;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The calls behind runs, in the transaction around the call. */
public final class JobRows {

    private final CurrentConnection connection;

    public JobRows(CurrentConnection connection) {
        this.connection = connection;
    }

    /** Keeps the call of a run that was started in this transaction; does nothing when the run has one already. */
    void put(String runId, JsonNode call) {
        connection.call("keep what run " + runId + " is to do", current -> {
            if (ManifestJobRows.find(current, runId).isEmpty()) {
                ManifestJobRows.add(current, runId, call.toString());
            }
            return runId;
        });
    }

    Optional<JsonNode> find(String runId) {
        return connection
                .call("read what run " + runId + " is to do", current -> ManifestJobRows.find(current, runId))
                .map(JsonCodec::parse);
    }

    /** When a schedule fired last, or was first seen; one that was never seen is noted, and has not fired. */
    Instant lastFire(String schedule, Instant now) {
        return connection.call("read when " + schedule + " fired", current -> {
            Optional<Instant> last = ManifestJobRows.lastFire(current, schedule);
            if (last.isEmpty()) {
                ManifestJobRows.firstSeen(current, schedule, now);
            }
            return last.orElse(now);
        });
    }

    /** Forgets when schedules fired last that nobody knows any more. */
    int forgetFires(Dialect dialect, Collection<String> known, Instant before, int most) {
        return connection.call(
                "forget schedules", current -> ManifestJobRows.forgetFires(current, dialect, known, before, most));
    }

    /** Takes a fire; false when another server has it. */
    boolean takeFire(String schedule, Instant last, Instant due) {
        return connection.call(
                "take the fire of " + schedule, current -> ManifestJobRows.takeFire(current, schedule, last, due));
    }
}
