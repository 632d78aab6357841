package dev.pawl.api.local;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instances of state machines, for beans of the application. A call joins the caller's transaction. A refused event throws
 * {@link CommandRefusedException} with {@code INVALID_TRANSITION} or {@code GUARD_FAILED} and leaves everything as it was.
 */
public interface Machines {

    /** Brings an instance into being in the machine's initial state. */
    MachineSnapshot start(String machine, String instance, Object data);

    /** Sends an event to an instance; answers the state after it. */
    MachineSnapshot send(String machine, String instance, String event, @Nullable Object payload);

    Optional<MachineSnapshot> find(String machine, String instance);

    /** The same, with an idempotency key for the next command. */
    Machines withIdempotencyKey(String key);

    /** @param runId the run that holds the instance's history */
    record MachineSnapshot(String machine, String instance, String runId, String state, Map<String, Object> data) {}
}
