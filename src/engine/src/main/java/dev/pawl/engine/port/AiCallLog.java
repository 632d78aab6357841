package dev.pawl.engine.port;

import dev.pawl.engine.model.AiCall;
import java.util.List;
import java.util.Set;

/**
 * The record of what models were asked, what they answered and what that cost. Calls are written in short transactions of
 * their own, so that they outlast the attempt they were made in.
 */
public interface AiCallLog {

    /** Keeps new calls. One whose id is kept already stays as it is. */
    void record(List<AiCall> calls);

    /**
     * Keeps how the prompts of a batch ended: fills in those kept as {@link AiCall.Status#SUBMITTED} as {@link
     * AiCall#settledBy} does, and adds those that are unknown. Whoever comes second, on another server at the same moment perhaps, changes nothing.
     *
     * @return ids of the calls that this call, and no other, has ended
     */
    Set<String> settle(List<AiCall> calls);
}
